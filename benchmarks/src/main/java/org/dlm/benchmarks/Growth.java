package org.dlm.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dlm.benchmarks.GrowthPlot.Line;
import org.dlm.benchmarks.GrowthPlot.Panel;
import org.dlm.benchmarks.GrowthPlot.Point;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times training steps against the batch and against the width of layers, and draws both. */
@Command(name = "growth", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Times training steps of growing batches and widths; draws docs/growth.svg.")
public final class Growth implements Callable<Integer> {
  private static final List<String> BY_BATCH = List.of("mlp", "lenet5", "char_lstm");

  @Option(names = "--project", defaultValue = ".", hidden = true, description = "The project's folder.")
  private Path project;

  @Option(names = "--seconds", paramLabel = "S", defaultValue = "1",
      description = "Time for each training step (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--most", paramLabel = "N", defaultValue = "256",
      description = "The largest batch (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--widest", paramLabel = "W", defaultValue = "2048",
      description = "The largest width (default: ${DEFAULT-VALUE}).")
  private int widest;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Growth()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<Line> batches = new ArrayList<>();
    for (SuiteModel model : SuiteModel.all().stream().filter(m -> BY_BATCH.contains(m.name())).toList()) {
      Path file = project.resolve("stdlib-models/src/main/dlm").resolve(model.file());
      List<Point> points = new ArrayList<>();
      for (int batch = 1; batch <= most; batch *= 4) {
        String dims = model.dims().replaceFirst("N=\\d+", "N=" + batch);
        points.add(new Point(batch, millis(file, model.model(), dims)));
      }
      batches.add(new Line(model.name(), points));
    }
    Path picture = project.resolve("docs/growth.svg");
    Files.writeString(picture, GrowthPlot.svg(List.of(new Panel("training step against the batch", batches),
        new Panel("training step against the width (batch 64)", List.of(new Line("perceptron", widths()))))));
    System.err.println("written: " + picture);
    return 0;
  }

  /** Three layers of that width. */
  private List<Point> widths() throws IOException {
    List<Point> points = new ArrayList<>();
    Path file = Files.createTempFile("perceptron", ".dlm");
    try {
      for (int width = 32; width <= widest; width *= 2) {
        Files.writeString(file, "package growth\n\nmodel Perceptron {\n  net = [" + ("Linear(" + width + "), relu, ")
            .repeat(3) + "Linear(10)]\n\n  fn loss(x: [N, " + width
            + "], label: i32[N]) -> [] = net(x) |> cross_entropy(label)\n}\n");
        points.add(new Point(width, millis(file, "Perceptron", "N=64")));
      }
    } finally {
      Files.delete(file);
    }
    return points;
  }

  private double millis(Path file, String model, String dims) throws IOException {
    Path json = Files.createTempFile("growth", ".json");
    try {
      Child child = Child.run(List.of(project.resolve("dlm").toAbsolutePath().toString(), "bench",
          file.toAbsolutePath().toString(), "--model", model, "--dims", dims, "--seconds", String.valueOf(seconds),
          "--json", json.toString()), project.toAbsolutePath());
      if (child.exitCode() != 0) {
        throw new IOException("dlm bench " + model + " at " + dims + ": " + child.output());
      }
      for (JsonNode row : new ObjectMapper().readTree(json.toFile()).path("rows")) {
        if (row.path("phase").asText().equals("train")) {
          double millis = row.path("median_ms").asDouble();
          System.err.printf(Locale.ROOT, "%-12s %-12s %9.3f ms%n", model, dims, millis);
          return millis;
        }
      }
      throw new IOException(model + " has no training step");
    } finally {
      Files.delete(json);
    }
  }
}
