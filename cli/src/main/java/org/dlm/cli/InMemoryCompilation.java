package org.dlm.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;

/** Generated Java sources to classes, without touching the disk. */
final class InMemoryCompilation {
  /** The only thing that generated code calls besides the JDK. */
  private static final String RUNTIME = place(Model.class);

  private InMemoryCompilation() {}

  /** The jar or folder that a class comes from. */
  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the class path has a place that is no file", e);
    }
  }

  /** A source text as javac wants it. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(GeneratedFile file) {
      super(URI.create("memory:///" + file.relativePath()), Kind.SOURCE);
      text = file.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Where javac puts the bytes of a class. */
  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String className) {
      super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  /** Keeps classes instead of writing files. */
  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, Output> outputs = new HashMap<>();

    Memory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String className, JavaFileObject.Kind kind,
        FileObject sibling) {
      return outputs.computeIfAbsent(className, Output::new);
    }
  }

  /**
   * Lets another thread load javac, and what generated code imports, while the model is still being read: on a second
   * core that takes a third of a second off a short compilation. The process should not end before this thread has: the
   * JVM may crash where it writes its archive of classes while some are still being loaded.
   */
  static Thread warmUp() {
    String text = "import jdk.incubator.vector.*; import org.dlm.runtime.*; import org.dlm.runtime.kernel.*;"
        + " import org.dlm.runtime.lanes.*; abstract class Warm extends Program { Warm(Model m) { super(m); }"
        + " void f(float[] x, int at) { for (int i = 0; i < x.length; i++) {"
        + " FloatVector.fromArray(Lanes.FLOATS, x, at + i * 2).add(1f).intoArray(x, at); } } }";
    return Thread.ofPlatform().daemon().name("warm-up").start(() -> {
      try {
        compile(List.of(new GeneratedFile("Warm.java", text)));
      } catch (RuntimeException e) {
        // the compilation that matters will say what is wrong
      }
    });
  }

  /**
   * Class name to class file. What javac does not accept, or HotSpot would not compile, is a defect of the compiler.
   */
  static Map<String, byte[]> compile(List<GeneratedFile> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new InputProblem("this Java has no compiler (it is a JRE: " + System.getProperty("java.home") + ")",
          "Start dlm with a JDK 25.");
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, byte[]> classes = new HashMap<>();
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(problems, null, null);
        Memory memory = new Memory(standard)) {
      List<String> options = new ArrayList<>(List.of("-proc:none", "-Xlint:none", "-nowarn", "-g:source,lines",
          "-cp", RUNTIME));
      // Generated code has a form in lanes whether or not this process could run it. javac reads of each module it is
      // not told to leave alone, which takes longer than a small model.
      if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
        options.addAll(List.of("--limit-modules", "java.base,jdk.incubator.vector"));
        options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
      }
      boolean done = compiler.getTask(null, (JavaFileManager) memory, problems, options, null,
          files.stream().map(Source::new).toList()).call();
      if (!done) {
        throw new IllegalStateException("the generated Java is not valid: " + problems.getDiagnostics().stream()
            .filter(d -> d.getKind() == javax.tools.Diagnostic.Kind.ERROR).findFirst().map(Object::toString)
            .orElse(""));
      }
      memory.outputs.forEach((name, output) -> classes.put(name, output.bytes.toByteArray()));
    } catch (java.io.IOException e) {
      throw new IllegalStateException("the generated Java could not be compiled", e);
    }
    List<String> tooLarge = classes.values().stream().flatMap(c -> MethodSizes.tooLarge(c).stream()).toList();
    if (!tooLarge.isEmpty()) {
      throw new IllegalStateException("generated methods are too large for the JVM to optimise: "
          + String.join(", ", tooLarge));
    }
    return classes;
  }
}
