package org.dlm.compiler.emit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.dlm.compiler.pipeline.GeneratedFile;

/** Compiles generated sources in memory, with every warning an error, and loads them. */
public final class InMemoryJava {
  /** Shared, since it keeps what it has read of the JDK and of the class path. */
  private static final StandardJavaFileManager STANDARD =
      ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);

  private InMemoryJava() {}

  /** Class files by name of the class. */
  public static synchronized Map<String, byte[]> compile(List<GeneratedFile> files) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    JavaFileManager manager = new ForwardingJavaFileManager<JavaFileManager>(STANDARD) {
      @Override
      public JavaFileObject getJavaFileForOutput(Location l, String name, JavaFileObject.Kind kind, FileObject sibling) {
        return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
          @Override
          public OutputStream openOutputStream() {
            return classes.computeIfAbsent(name, n -> new ByteArrayOutputStream());
          }
        };
      }
    };
    List<JavaFileObject> sources = files.stream().map(f -> (JavaFileObject) new SimpleJavaFileObject(
        URI.create("mem:///" + f.relativePath()), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return f.text();
      }
    }).toList();
    boolean passed = compiler.getTask(null, manager, problems,
        List.of("-Xlint:all,-incubating", "-Werror", "--add-modules", "jdk.incubator.vector", "-proc:none",
            "-classpath", System.getProperty("java.class.path")), null, sources).call();
    if (!passed) {
      throw new AssertionError(problems.getDiagnostics().stream().limit(10)
          .map(d -> d.toString() + "\n" + line(files, d)).collect(Collectors.joining("\n")));
    }
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
    return bytes;
  }

  private static String line(List<GeneratedFile> files, javax.tools.Diagnostic<? extends JavaFileObject> d) {
    return d.getSource() == null ? "" : files.stream().filter(f -> d.getSource().toUri().getPath().endsWith(f.relativePath()))
        .findFirst().map(f -> f.text().lines().skip(d.getLineNumber() - 1).findFirst().orElse("")).orElse("");
  }

  /** A loader that knows the classes. */
  public static ClassLoader load(Map<String, byte[]> classes) {
    return new ClassLoader(InMemoryJava.class.getClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
          throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
      }
    };
  }
}
