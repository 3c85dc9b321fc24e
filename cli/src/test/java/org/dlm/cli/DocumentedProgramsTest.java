package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.data.audio.Wave;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the documentation shows is what works: models are accepted, commands understood, programs run. */
class DocumentedProgramsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Programs are shown without what stands above them. */
  private static final String FRAME = """
      import java.nio.file.Path;
      import java.util.List;
      import org.dlm.runtime.*;
      import org.dlm.runtime.data.*;
      import org.dlm.runtime.predict.*;
      import org.dlm.runtime.store.*;
      import org.dlm.runtime.train.*;
      import dlm.optim.*;
      import tasks.*;
      import vision.*;

      public class Shown {
        static int steps = 2;
        static TrainingListener listener = TrainingListener.all(List.of());

        static class MyTrainer extends Recipe {
          MyTrainer() {
            super(Sounds::new, Adam::new);
            epochs(2);
          }
        }

        static class DigitsTrainer extends Recipe {
          DigitsTrainer() {
            super(Digits::new, Adam::new);
          }
        }

        public static void main(String[] arguments) throws Exception {
          float[] pixels = new float[28 * 28];
          FloatTensor images = FloatTensor.zeros(2, 1, 28, 28);
          IntTensor labels = IntTensor.of(new int[] {3, 4}, 2);
      %s
        }
      }
      """;

  private static final String SOUNDS = """
      package vision
      model Sounds {
        net = Linear(2)
        fn forward(x: [N, 3]) -> [N, 2] = net(x)
        fn loss(x: [N, 3], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      """;

  @TempDir static Path folder;

  private record Block(String page, int line, String language, String text) {
    @Override
    public String toString() {
      return page + ":" + line;
    }
  }

  @BeforeAll
  static void models() throws IOException {
    Path zoo = ROOT.resolve("stdlib-models/src/main/dlm/vision");
    Path tasks = ROOT.resolve("stdlib-models/src/main/dlm/tasks");
    Path sounds = Files.writeString(folder.resolve("sounds.dlm"), SOUNDS);
    Stream<Path> files = Stream.concat(Stream.of(sounds, zoo.resolve("lenet.dlm"), zoo.resolve("digits.dlm")),
        Stream.of("caption", "speech", "voice", "tables", "names", "generate", "segment").map(t -> tasks.resolve(t + ".dlm")));
    Spoken compiled = Spoken.dlm(Stream.concat(Stream.concat(Stream.of("compile"), files.map(Path::toString)),
        Stream.of("--optimizer", "Adam", "--classes", folder.resolve("classes").toString())).toArray(String[]::new));
    assertThat(compiled.code()).as(compiled.err()).isZero();
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (Stream<Path> pages = Stream.concat(Stream.of(ROOT.resolve("README.md")), Files.walk(ROOT.resolve("docs")))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).sorted().toList()) {
        String text = Files.readString(page);
        if (page.getParent().endsWith("errors")) {
          continue;
        }
        for (MatchResult m : Pattern.compile("(?s)(?<=\n)```(\\w*)\n(.*?)\n```").matcher(text).results().toList()) {
          int line = (int) text.substring(0, m.start()).lines().count() + 1;
          blocks.add(new Block(ROOT.relativize(page).toString(), line, m.group(1), m.group(2)));
        }
      }
    }
    return blocks;
  }

  private static Stream<DynamicTest> each(List<Block> blocks, java.util.function.Consumer<Block> test) {
    assertThat(blocks).isNotEmpty();
    return blocks.stream().map(b -> DynamicTest.dynamicTest(b.toString(), () -> test.accept(b)));
  }

  @TestFactory
  Stream<DynamicTest> modelsAreAccepted() throws IOException {
    return each(blocks().stream()
        .filter(b -> b.language().equals("dlm") || b.text().startsWith("package vision")).toList(), b -> {
          Result result = Compiler.checkSources(List.of(new SourceFile(b.page() + ".dlm", b.text())), Options.DEFAULT);
          assertThat(result.diagnostics().stream().map(d -> Render.text(d, false))).isEmpty();
        });
  }

  /** Every line that begins with the command, also within the text of a page. */
  @TestFactory
  Stream<DynamicTest> commandsAreUnderstood() throws IOException {
    List<Block> commands = new ArrayList<>();
    for (Block block : blocks()) {
      String text = block.text().replace("\\\n", " ").replace("--data \n", "--data ");
      text.lines().filter(l -> l.startsWith("./dlm ")).forEach(l -> commands.add(
          new Block(block.page(), block.line(), "", l)));
    }
    return each(commands, b -> {
      List<String> words = words(b.text());
      Console quiet = new Console(System.out, System.err, false);
      CommandLine.ParseResult parsed = Main.commands(quiet).parseArgs(words.subList(1, words.size())
          .toArray(String[]::new));
      assertThat(parsed.hasSubcommand()).as(b.text()).isTrue();
      words.stream().filter(w -> w.startsWith("stdlib-models/") && w.endsWith(".dlm"))
          .forEach(w -> assertThat(ROOT.resolve(w)).exists());
    });
  }

  /** As a shell takes a line apart, as far as the pages go. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Pattern.compile("\"([^\"]*)\"|'([^']*)'|[^\\s\"']+").matcher(line).results()
        .takeWhile(m -> !m.group().startsWith("#"))
        .forEach(m -> words.add(m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group()));
    return words;
  }

  @TestFactory
  Stream<DynamicTest> programsRun() throws IOException {
    for (String name : List.of("seven", "picture", "scene")) {
      ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", folder.resolve(name + ".png").toFile());
    }
    new Wave(8000, new float[4000]).write(folder.resolve("seven.wav"));
    Files.writeString(folder.resolve("flowers.csv"), "a,b,c,d\n5.1,3.5,1.4,0.2\n6.3,2.9,5.6,1.8\n");
    String letters = "\"tokens\", \"characters\", \"vocabulary\", ";
    String sound = letters + "\"\\0 efghinorstuvwxz\", \"rate\", \"8000\", \"mels\", \"40\", \"window\", \"0.025\", \"hop\", \"0.01\"";
    run("weights", weights("LeNet5", "lenet", "") + weights("DigitScenes", "segment", "")
        + weights("SmallDigitGan", "gan", "") + weights("SpokenDigits", "speech", sound)
        + weights("DigitWords", "caption", letters + "\"\\0 efghinorstuvwxz\"")
        + weights("DigitVoices", "voice", sound + ", \"speakers\", \"george\\njackson\\nlucas\\nnicolas\\ntheo\\nyweweler\"")
        + weights("NamesGru", "names", letters + "\"\\nabcdefghijklmnopqrstuvwxyz\"")
        + weights("Iris", "iris", "\"columns\", \"a\\nb\\nc\\nd\", \"classes\", \"x\\ny\\nz\""));
    return each(blocks().stream().filter(b -> b.language().equals("java")).toList(), b -> {
      String said = run(b.page() + b.line(), b.text());
      if (b.text().contains("println")) {
        assertThat(said).isNotBlank();
      }
    });
  }

  /** A statement that writes weights nobody trained, with what a checkpoint would know of its data. */
  private static String weights(String model, String file, String facts) {
    return "{ Model model = new " + model + "(); model.initialize(3); SafetensorsWriter w = new SafetensorsWriter();"
        + " model.parameterList().forEach(v -> w.add(v.path(), model.parameters, v.offset(), v.shape()));"
        + " model.bufferList().forEach(v -> w.add(v.path(), model.buffers, v.offset(), v.shape()));"
        + " var facts = new java.util.HashMap<String, String>(); String[] all = {" + facts + "};"
        + " for (int i = 0; i < all.length; i += 2) { facts.put(\"data.\" + all[i], all[i + 1]); }"
        + " w.write(Path.of(\"" + file + ".safetensors\"), facts); }\n";
  }

  @Test
  void theCountOfBlocksIsThatOfThePages() throws IOException {
    assertThat(blocks().stream().filter(b -> b.language().equals("java"))).hasSizeGreaterThanOrEqualTo(12);
    assertThat(blocks().stream().filter(b -> b.text().contains("./dlm "))).hasSizeGreaterThanOrEqualTo(8);
  }

  /** Compiles and runs; gives what it printed. */
  private static String run(String name, String text) {
    boolean whole = text.contains("public class");
    String here = text.replace("Path.of(\"", "Path.of(\"" + folder + "/");
    String main = whole ? text.replaceFirst("(?s).*public class (\\w+).*", "$1") : "Shown";
    Path place = folder.resolve(name.replaceAll("\\W", "_"));
    try {
      Files.createDirectories(place);
      Path source = Files.writeString(place.resolve(main + ".java"), whole ? here : FRAME.formatted(here));
      StringWriter messages = new StringWriter();
      var javac = ToolProvider.getSystemJavaCompiler();
      String classPath = System.getProperty("java.class.path") + File.pathSeparator + folder.resolve("classes");
      assertThat(javac.getTask(messages, null, null, List.of("-proc:none", "-classpath", classPath, "-d",
          place.toString()), null, javac.getStandardFileManager(null, null, null).getJavaFileObjects(source)).call())
          .as(messages + "\n" + here).isTrue();
      return said(place, main);
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(name + "\n" + here, e);
    }
  }

  private static String said(Path place, String main) throws IOException, ReflectiveOperationException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    URL[] places = {place.toUri().toURL(), folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(places)) {
      System.setOut(new PrintStream(out, true));
      loader.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return out.toString();
  }
}
