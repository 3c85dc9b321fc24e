package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.store.Checkpoint;
import org.dlm.runtime.store.SafetensorsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code dlm train} by a recipe with an optimizer and a schedule of the user's own; options over it; going on from it. */
class RecipeCommandTest {
  private static final String MODEL = """
      package trial

      /// Steps of one length for each parameter.
      optimizer Normalised(lr: float = 1e-2, momentum: float = 0.9) {
        require lr > 0, "a positive lr"
        buffer velocity: [...] = zeros
        fn update(p: [...], g: [...], step: int) -> [...] {
          v = momentum * velocity + g / (sqrt(sum(g * g)) + 1e-8)
          velocity := v
          return p - lr * v
        }
      }

      fn slower(step: [], epoch_steps: []) -> [] = 0.05 / (1 + step / epoch_steps)

      model Small {
        net = [flatten, Linear(16), relu, Linear(10)]
        fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
        fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
        fn missed(x: [N, 1, 8, 8], label: i32[N]) -> [] = 1 - accuracy(net(x), label)
      }
      """;

  private static final String RECIPE = """
      package trial

      train SmallTrainer for Small {
        optimizer = Normalised(momentum = 0.8)
        metrics = [missed]
        rate = slower()
        groups = [group("*.bias", rate = 2.0)]
        epochs = 3
        clip_norm = 1.0
        average = 0.9
        accumulate = 2
        seed = 4
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("small.dlm"), MODEL);
    Files.writeString(folder.resolve("small.train.dlm"), RECIPE);
  }

  private Spoken train(String file, String... options) {
    String[] all = new String[options.length + 4];
    System.arraycopy(new String[] {"train", folder.resolve(file).toString(), "--data", "digits"}, 0, all, 0, 4);
    System.arraycopy(options, 0, all, 4, options.length);
    return Spoken.dlm(all);
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aRecipeAloneTrainsItsModelAndGoesOnAsIfItHadNeverStopped() throws IOException {
    Spoken whole = train("small.train.dlm", "--out", out("whole.safetensors"));
    assertThat(whole.err()).contains("training `loss`", "3 epochs");
    assertThat(whole.out()).contains("trained 36 steps", "test missed 0.");
    assertThat(whole.out()).containsPattern("steps in [0-9.]+ s; the first was done [0-9.]+ s after the command began");
    assertThat(whole.code()).isZero();
    assertThat(train("small.train.dlm", "--epochs", "2", "--out", out("part.safetensors")).code()).isZero();
    assertThat(Checkpoint.peek(folder.resolve("part.safetensors")).settings()).contains("rate = slower()", "epochs = 2");
    // What the run was made with is in its checkpoint, so the model's file alone is enough.
    assertThat(train("small.dlm", "--resume", out("part.safetensors"), "--epochs", "3").code()).isZero();
    assertThat(tensors("part.safetensors", 12)).isEqualTo(tensors("whole.safetensors", 12));
  }

  @Test
  void theModelMayBeInAJar() throws IOException {
    Path jar = folder.resolve("far.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("trial/small.dlm"));
      zip.write(MODEL.getBytes(StandardCharsets.UTF_8));
    }
    Path near = Files.createDirectory(folder.resolve("near"));
    Files.writeString(near.resolve("my.train.dlm"), RECIPE.replace("package trial", "package mine")
        .replace("for Small", "for trial.Small").replace("slower()", "0.05"));
    assertThat(train("near/my.train.dlm").err()).contains("E0201", "there is no model `trial.Small`", "--path");
    Spoken spoken = train("near/my.train.dlm", "--path", jar.toString(), "--epochs", "2", "--out", out("w.safetensors"));
    assertThat(spoken.out()).as(spoken.err()).contains("trained 24 steps", "test missed 0.");
    assertThat(train("near/my.train.dlm", "--path", jar.toString(), "--resume", out("w.safetensors"), "--epochs", "3")
        .out()).contains("trained 36 steps");
  }

  /** The bits of all tensors of a checkpoint: weights, what training goes on with, the optimizer's state. */
  private Map<String, List<Float>> tensors(String name, int count) {
    Map<String, List<Float>> tensors = new TreeMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(name))) {
      file.tensors().keySet().forEach(tensor -> {
        List<Float> numbers = new ArrayList<>();
        for (float number : ((FloatTensor) file.read(tensor, ElementType.F32)).data()) {
          numbers.add(number);
        }
        tensors.put(tensor, numbers);
      });
    }
    assertThat(tensors).hasSize(count);
    return tensors;
  }

  @Test
  void optionsAreSettingsWithoutARecipe() {
    Spoken spoken = train("small.dlm", "--optimizer", "Normalised(lr = 0.05)", "--rate", "cosine(0.05)", "--steps", "10",
        "--batch", "all", "--clip-value", "0.5", "--decay", "*.weight", "--out", out("w.safetensors"));
    assertThat(spoken.err()).contains("`Normalised` has no hyper-parameter `weight_decay`");
    assertThat(spoken.code()).isEqualTo(1);
    assertThat(train("small.dlm", "--optimizer", "AdamW(lr = 0.05)", "--rate", "cosine(0.05)", "--steps", "10", "--batch",
        "all", "--clip-value", "0.5", "--decay", "*.weight", "--set", "groups=[group(\"net.1\", beta1 = 0.8)]", "--out",
        out("w.safetensors")).out()).contains("trained 10 steps");
  }

  @Test
  void aRecipeSaysHowItsDataAreRead() throws IOException {
    Files.writeString(folder.resolve("small.train.dlm"),
        RECIPE.replace("epochs = 3", "epochs = 1\n  data = \"validation=0.25,augment=crop(1),normalize=yes\""));
    Path log = folder.resolve("log");
    Spoken recipe = train("small.train.dlm", "--out", out("w.safetensors"), "--log", log.toString());
    assertThat(recipe.err()).contains("mean 0, variance 1", "on 1,076 examples, validating on 362, testing on 359: 1 epoch of",
        "  validation loss ").doesNotContain("test loss");
    assertThat(recipe.out()).contains("test loss ", "test missed ").doesNotContain("validation");
    // What is measured after an epoch are other examples than those at the end, and nowhere called like them.
    assertThat(log.resolve("history.csv")).content().startsWith(
        "epoch,step,seconds,rate,loss,accuracy,validation_loss,validation_accuracy,validation_missed\n");
    assertThat(log.resolve("report.html")).content().contains("1,076 to train, 362 to validate, 359 to test",
        "<th>validation loss</th>", "<td>test loss</td>").doesNotContain("<th>test");
    // What the command says of the data stands over it, option by option.
    assertThat(Spoken.dlm("train", out("small.train.dlm"), "--data", "digits,validation=0.5", "--out",
        out("half.safetensors")).err()).contains("mean 0, variance 1", "on 717 examples");
    // The checkpoint knows how its data were read, so that they are read alike when it is measured.
    assertThat(Spoken.dlm("eval", out("small.dlm"), "--weights", out("w.safetensors"), "--data", "digits", "--part",
        "validation").out()).contains("validation of digits, 362 examples");
    assertThat(Spoken.dlm("eval", out("small.dlm"), "--weights", out("w.safetensors"), "--data",
        "digits,validation=0.5", "--part", "validation").out()).contains("721 examples");
    Files.writeString(folder.resolve("small.train.dlm"), RECIPE.replace("epochs = 3", "data = \"sequence=3\""));
    assertThat(train("small.train.dlm", "--out", out("w.safetensors")).err()).contains("`digits` has no option `sequence`");
  }

  @Test
  void aRunLeavesHistoryCurvesEventsAndAPage() throws Exception {
    Path log = folder.resolve("log");
    Spoken spoken = train("small.train.dlm", "--epochs", "2", "--log", log.toString(), "--out", out("w.safetensors"));
    assertThat(spoken.out()).contains("record: " + log.resolve("report.html"));
    assertThat(Files.readAllLines(log.resolve("history.csv"))).hasSize(3)
        .first().isEqualTo("epoch,step,seconds,rate,loss,accuracy,test_loss,test_accuracy,test_missed");
    train("small.train.dlm", "--resume", out("w.safetensors"), "--epochs", "3", "--history",
        log.resolve("history.csv").toString());
    assertThat(Files.readAllLines(log.resolve("history.csv"))).hasSize(4).last().asString().startsWith("3,36,");
    BufferedImage picture = ImageIO.read(log.resolve("curves.png").toFile());
    assertThat(picture.getHeight()).isGreaterThan(picture.getWidth());
    Element drawing = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(log.resolve("curves.svg").toFile())
        .getDocumentElement();
    assertThat(drawing.getElementsByTagName("path").getLength()).isGreaterThan(20);
    assertThat(log.resolve("report.html")).content().contains("<svg", "rate</td>", "slower()", "taken for", "test missed");
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files.filter(f -> f.getFileName().toString().startsWith("events.out.tfevents."))).hasSize(1);
    }
  }

  private static final String PAIR = """
      package trial

      model Pair {
        g = [Linear(64, use_bias = false), BatchNorm1d(), relu, Dropout(0.2), Linear(64), sigmoid, reshape([_, 1, 8, 8])]
        d = [flatten, Linear(16), leaky_relu(0.2), Dropout(0.2), Linear(1)]
        fn sample(z: [N, 8]) -> [N, 1, 8, 8] = g(z)
        #train("d")
        fn loss_d(x: [N, 1, 8, 8]) -> [] =
          bce_with_logits(d(x), 0.9) + bce_with_logits(d(stop(g(normal([N, 8])))), 0.0)
        #train("g") #allow("W902")
        fn loss_g(x: [N, 1, 8, 8]) -> [] = bce_with_logits(d(g(normal([N, 8]))), 1.0)
      }

      train PairTrainer for Pair {
        objective = [loss_d, loss_g]
        optimizer = AdamW(lr = 2e-3, beta1 = 0.5, weight_decay = 0.1)
        groups    = [group("d", rate = 0.5)]
        batch     = 300
        epochs    = 2
        clip_norm = 1.0
        average   = 0.9
      }
      """;

  @Test
  void objectivesTakeTurnsAndARunThatIsKilledGoesOnWithTheSameBits() throws IOException {
    Files.writeString(folder.resolve("pair.dlm"), PAIR);
    Path history = folder.resolve("history.csv");
    Spoken whole = train("pair.dlm", "--out", out("whole.safetensors"), "--history", history.toString());
    assertThat(whole.err()).contains("training `loss_d` and `loss_g`", "(loss_d ");
    assertThat(whole.out()).contains("trained 10 steps", "test loss_d ", "test loss_g ");
    assertThat(Files.readAllLines(history)).hasSize(3)
        .first().isEqualTo("epoch,step,seconds,rate,loss,accuracy,test_loss,test_accuracy,loss_d,loss_g,test_loss_d,test_loss_g");
    assertThat(train("pair.dlm", "--steps", "7", "--out", out("part.safetensors")).code()).isZero();
    assertThat(train("pair.dlm", "--steps", "10", "--resume", out("part.safetensors")).code()).isZero();
    Map<String, List<Float>> tensors = tensors("whole.safetensors", 38);
    assertThat(tensors).containsKeys("optimizer/loss_d/m/d.1.weight", "optimizer/loss_g/v/g.0.weight")
        .doesNotContainKeys("optimizer/loss_d/m/g.0.weight", "optimizer/loss_g/v/d.1.weight");
    assertThat(tensors("part.safetensors", 38)).isEqualTo(tensors);
  }

  @Test
  void oneOfTwoObjectivesLeavesTheOtherHalfAlone() throws IOException {
    Files.writeString(folder.resolve("pair.dlm"), PAIR);
    train("pair.dlm", "--steps", "1", "--out", out("first.safetensors"));
    Spoken second = train("pair.dlm", "--objective", "loss_d", "--average", "0", "--weights", out("first.safetensors"),
        "--steps", "3", "--out", out("second.safetensors"));
    assertThat(second.err()).contains("warning[W908]: no objective trains `g.0.weight` and 4 more");
    assertThat(floats("second.safetensors", "g.0.weight")).isEqualTo(floats("first.safetensors", "g.0.weight"));
    assertThat(floats("second.safetensors", "d.1.weight")).isNotEqualTo(floats("first.safetensors", "d.1.weight"));
    assertThat(train("pair.dlm", "--resume", out("second.safetensors"), "--objective", "loss_d,loss_g", "--steps", "9")
        .err()).contains("it has no fitting state `loss_d/m` of d.1.weight", "objectives");
    assertThat(train("pair.dlm", "--objective", "loss_d,loss_d").err()).contains("`loss_d` is named twice");
  }

  @Test
  void patienceEndsARunAndTheBestIsWhatIsAskedFor() {
    Spoken ended = train("small.dlm", "--best", "lowest(missed)", "--metrics", "missed", "--optimizer", "SGD(lr = 0.0)",
        "--patience", "2", "--epochs", "20", "--out", out("w.safetensors"));
    assertThat(ended.out()).contains("ended early, after epoch 3");
    assertThat(train("small.dlm", "--resume", out("w.safetensors"), "--epochs", "30").err())
        .contains("none of its last 2 epochs was better", "--patience");
    assertThat(train("small.dlm", "--best", "lowest(missed)").err())
        .contains("cannot be told by `missed`", "--metrics");
    assertThat(train("small.dlm", "--best", "missed").err()).contains("`best` says which epoch is the best", "highest(");
    assertThat(train("small.dlm", "--best", "highest(forward)").err()).contains("a metric gives a single f32 number");
  }

  @Test
  void weightsAreWhereARunMayBegin() throws IOException {
    train("small.dlm", "--optimizer", "SGD(lr = 0.1)", "--epochs", "2", "--out", out("first.safetensors"));
    Spoken second = train("small.dlm", "--weights", out("first.safetensors"), "--optimizer", "SGD(lr = 0.0)", "--epochs",
        "1", "--out", out("second.safetensors"));
    assertThat(second.out()).contains("trained 23 steps");
    assertThat(floats("second.safetensors", "net.1.weight")).isEqualTo(floats("first.safetensors", "net.1.weight"));
    assertThat(train("small.dlm", "--weights", out("w"), "--resume", out("first.safetensors")).code()).isEqualTo(2);
  }

  private float[] floats(String file, String tensor) {
    try (SafetensorsFile open = SafetensorsFile.open(folder.resolve(file))) {
      return ((FloatTensor) open.read(tensor, ElementType.F32)).data();
    }
  }

  @Test
  void mistakesInOptionsHaveAPlace() {
    assertThat(train("small.dlm", "--rate", "cosin(0.1)").err())
        .contains("there is no schedule `cosin`", "command line:", "did you mean `cosine`");
    assertThat(train("small.dlm", "--optimizer", "Normalised(lr = 0.0)").err())
        .contains("the optimizer `Normalised` requires a positive lr");
    assertThat(train("small.dlm", "--optimizer", "Normalized").err())
        .contains("there is no optimizer `Normalized`", "did you mean `Normalised`?");
    assertThat(train("small.dlm", "--set", "foo=1").err()).contains("a recipe has no setting `foo`");
    assertThat(train("small.dlm", "--set", "foo").code()).isEqualTo(2);
    assertThat(train("small.train.dlm", "--recipe", "SmalTrainer").err())
        .contains("there is no recipe `SmalTrainer` (did you mean `SmallTrainer`?)");
    assertThat(train("small.dlm", "--epochs", "0").err()).contains("`epochs` is a whole number of 1 or more");
  }

  @Test
  void whatAScheduleRequiresOfTheRunIsCheckedWhenItRuns() {
    String[] places = {"--epochs", "1", "--out", out("w.safetensors"), "--rate"};
    assertThat(train("small.dlm", with(places, "multi_step(0.1, milestones = [3 * epoch_steps, 2 * epoch_steps])")).err())
        .contains("command line:3: the learning rate cannot be computed: milestones are steps, each later than the one before",
            "an epoch has 23");
    assertThat(train("small.dlm", with(places, "0.1 / (steps - epoch_steps)")).err())
        .contains("the learning rate is Infinity at step 1 of 23");
    assertThat(train("small.dlm", with(places, "step(0.1, step_size = epoch_steps)")).code()).isZero();
  }

  private static String[] with(String[] options, String more) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = more;
    return all;
  }

  @Test
  void dataOfOneClassIsWorthAWarning() throws IOException {
    Files.writeString(folder.resolve("one.csv"), "a,b,label\n" + "1,2,yes\n".repeat(30));
    Files.writeString(folder.resolve("table.dlm"), """
        model Table {
          net = Linear(2)
          fn forward(x: [N, 2]) -> [N, 2] = net(x)
          fn loss(x: [N, 2], label: i32[N]) -> [] = cross_entropy(net(x), label)
        }
        """);
    Spoken spoken = Spoken.dlm("train", out("table.dlm"), "--data", "csv:" + out("one.csv"), "--epochs", "1", "--out",
        out("w.safetensors"));
    assertThat(spoken.err()).contains("warning: ", "have the label 0, so there is nothing to tell apart");
    assertThat(spoken.code()).isZero();
  }

  @Test
  void aRateThatGoesBelowZeroIsTheOptimizersToRefuse() {
    assertThat(train("small.dlm", "--optimizer", "SGD", "--rate", "0.1 - 0.2 * epoch_steps", "--epochs", "1", "--out",
        out("w.safetensors")).err()).contains("the optimizer SGD requires lr >= 0; here lr = -");
  }
}
