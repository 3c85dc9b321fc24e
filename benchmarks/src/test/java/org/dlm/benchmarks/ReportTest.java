package org.dlm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratios, means and missing systems, on made-up times. */
class ReportTest {
  @TempDir private Path folder;

  @Test
  void ratioIsAgainstTheBetterPeer() throws IOException {
    Results results = new Results();
    results.read(Results.DLM, "mlp", rows(2.0, 1.0), 100);
    results.read("PyTorch eager", "mlp", rows(4.0, 3.0), 200);
    results.read("torch.compile", "mlp", rows(3.0, 8.0), 300);
    assertThat(results.rows().stream().map(row -> results.ratio(row, Peer.PYTORCH))).containsExactly(1.5, 3.0);
    String text = new Report(results, "a machine", "settings").markdown();
    assertThat(text).contains("| mlp | 64 | 2.00 | 4.00 | 3.00 | 1.50 | 1.00 | 50 % |")
        .contains("Geometric mean of the ratios: 1.50").contains("Geometric mean of the ratios: 3.00")
        .contains("| mlp | 100 | 200 | 300 |");
  }

  @Test
  void aSystemThatDidNotRunLeavesItsCellEmpty() throws IOException {
    Results results = new Results();
    results.read(Results.DLM, "mlp", rows(2.0, 1.0), 0);
    results.problem("JAX is not installed here");
    String text = new Report(results, "a machine", "settings").markdown();
    assertThat(text).contains("| mlp | 64 | 2.00 |  | 1.00 | 50 % |").contains("- JAX is not installed here")
        .doesNotContain("Geometric mean");
  }

  @Test
  void inferenceIsAlsoMeasuredAgainstOnnxRuntime() throws IOException {
    Results results = new Results();
    results.read(Results.DLM, "mlp", rows(2.0, 1.0), 100);
    results.read("PyTorch eager", "mlp", rows(4.0, 3.0), 200);
    results.read("ONNX Runtime", "mlp", rows(9.0, 0.5), 50);
    String text = new Report(results, "a machine", "settings").markdown();
    assertThat(text).contains("| mlp | 64 | 2.00 | 4.00 | 9.00 | 2.00 | 1.00 | 50 % |")
        .contains("| mlp | 1 | 1.00 | 3.00 | 0.500 | 3.00 | 0.50 | 1.00 | 25 % |")
        .contains("Geometric mean of the ratios to ONNX Runtime: 0.50");
  }

  @Test
  void whatAStepNeedsBesidesTime() throws IOException {
    Results results = new Results();
    results.read(Results.DLM, "mlp", rows(25.0, 1.0), 100);
    results.read(Results.ONE_THREAD, "mlp", rows(45.0, 2.0), 100);
    results.plan("mlp", "1.0 MiB of temporaries, 1.05 of the 1.0 MiB needed at once; 9 distinct kernels");
    assertThat(results.systems()).containsExactly(Results.DLM);
    assertThat(new Report(results, "a machine", "settings").markdown()).contains("| mlp | 1.5 s | 1.80 | 1.0 MiB of");
    assertThat(new Report(results, "a machine", "settings").json()).contains("\"warm_seconds\"", "\"mlp\" : 1.5");
  }

  @Test
  void peersOnTheVirtualMachineAreNamedWhereTheirJarsAreMissing() {
    Peer.Setting setting = new Peer.Setting(folder, folder, "python3", 1, 2);
    assertThat(JavaPeer.ALL).hasSize(3).allSatisfy(peer ->
        assertThat(peer.missing(setting)).hasValueSatisfying(why -> assertThat(why).contains("install-jvm-peers")));
    assertThat(SuiteModel.all().stream().filter(JavaPeer.ALL.getFirst()::runs).map(SuiteModel::name))
        .containsExactly("mlp", "lenet5");
  }

  @Test
  void medianOfRoundsAndTheirSpread() {
    Times times = new Times();
    times.add(3, 2, 10);
    times.add(2, 1, 20);
    times.add(4, 3, 15);
    assertThat(times.median()).isEqualTo(3);
    assertThat(times.min()).isEqualTo(1);
    assertThat(times.spread()).isEqualTo(2);
    assertThat(times.gigaflops()).isEqualTo(20);
  }

  @Test
  void theSuiteNamesEachModelOnce() {
    List<String> names = SuiteModel.all().stream().map(SuiteModel::name).toList();
    assertThat(names).doesNotHaveDuplicates().contains("mlp", "lenet5", "resnet18", "gpt_mini").hasSize(9);
    assertThat(SuiteModel.all()).allSatisfy(model ->
        assertThat(Files.readString(Path.of("../stdlib-models/src/main/dlm", model.file())))
            .containsPattern("model " + model.model() + "\\b"));
  }

  private Path rows(double train, double infer) throws IOException {
    Path file = Files.createTempFile(folder, "rows", ".json");
    return Files.writeString(file, "{\"peak_gflops\": 200, \"rows\": ["
        + "{\"model\": \"mlp\", \"phase\": \"train\", \"batch\": 64, \"median_ms\": " + train
        + ", \"min_ms\": 1, \"warm_s\": 1.5, \"gflops\": 100},"
        + "{\"model\": \"mlp\", \"phase\": \"infer\", \"batch\": 1, \"median_ms\": " + infer
        + ", \"min_ms\": 1, \"gflops\": 50}]}");
  }
}
