package org.dlm.tests.golden;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.train.Recipe;

/** Java sources compiled and loaded in memory. */
public final class GeneratedCode extends ClassLoader {
  private final Map<String, ByteArrayOutputStream> classes;

  private GeneratedCode(Map<String, ByteArrayOutputStream> classes) {
    super(GeneratedCode.class.getClassLoader());
    this.classes = classes;
  }

  /** Compiles with javac; further options such as {@code -Xlint:all}, {@code -Werror}. */
  public static GeneratedCode compile(List<GeneratedFile> files, String... options) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    List<String> all = new java.util.ArrayList<>(List.of("--add-modules", "jdk.incubator.vector", "-proc:none",
        "-XDuseUnsharedTable", "-classpath", location(Model.class)));
    all.addAll(List.of(options));
    try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
      JavaFileManager manager = new InMemory(standard, classes);
      boolean fine = compiler.getTask(messages, manager, null, all, null, files.stream().map(Source::new).toList()).call();
      if (!fine) {
        throw new AssertionError("javac refuses the generated code:\n" + messages);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new GeneratedCode(classes);
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public Model model(String className) {
    return make(className, Model.class);
  }

  public Optimizer optimizer(String className) {
    return make(className, Optimizer.class);
  }

  public Recipe recipe(String className) {
    return make(className, Recipe.class);
  }

  /** The class files by binary name. */
  public Map<String, byte[]> classFiles() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    classes.forEach((name, bytes) -> files.put(name, bytes.toByteArray()));
    return files;
  }

  private <T> T make(String className, Class<T> type) {
    try {
      return type.cast(loadClass(className).getConstructor().newInstance());
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw new AssertionError("new " + className + "() fails: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot make a " + className, e);
    }
  }

  /** A class compiled here comes before one of its name in a library, such as a model of the zoo at its full size. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!classes.containsKey(name)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ByteArrayOutputStream bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes.toByteArray(), 0, bytes.size());
  }

  private static final class Source extends SimpleJavaFileObject {
    private final GeneratedFile file;

    Source(GeneratedFile file) {
      super(URI.create("memory:///" + file.relativePath()), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(StandardJavaFileManager manager, Map<String, ByteArrayOutputStream> classes) {
      super(manager);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          classes.put(name, bytes);
          return bytes;
        }
      };
    }
  }
}
