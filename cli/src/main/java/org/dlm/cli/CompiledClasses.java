package org.dlm.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dlm.compiler.pipeline.Checked;
import org.dlm.compiler.pipeline.Result;

/** Generated sources compiled and loaded into this process. */
final class CompiledClasses extends ClassLoader {
  /** Compiles whatever is kept: set where the process is to load all that compiles. */
  private static final String AGAIN = "dlm.compile.again";

  private final Map<String, byte[]> classes;

  CompiledClasses(Map<String, byte[]> classes) {
    super(Main.class.getClassLoader());
    this.classes = classes;
  }

  /**
   * The classes of checked files: those that an earlier start kept, else new ones. Files of which something is said
   * while Java is written are compiled at each start, so that it is said each time.
   *
   * @param written is told what came of writing Java, where that had to be done
   */
  static CompiledClasses of(Checked checked, Consumer<Result> written) {
    Optional<ClassCache> cache = ClassCache.ofUser();
    String key = cache.isPresent() ? key(checked) : null;
    Optional<Map<String, byte[]>> kept = key == null || Boolean.getBoolean(AGAIN) ? Optional.empty()
        : cache.get().find(key);
    if (kept.isPresent()) {
      return new CompiledClasses(kept.get());
    }
    int said = checked.result().diagnostics().size();
    Result result = checked.written();
    written.accept(result);
    Map<String, byte[]> classes = InMemoryCompilation.compile(result.files());
    if (key != null && result.diagnostics().size() == said) {
      cache.get().keep(key, classes);
    }
    return new CompiledClasses(classes);
  }

  /** Nothing where some part of dlm cannot be looked at. */
  private static String key(Checked checked) {
    try {
      return CompilationKey.of(checked);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** A new object of a generated class. */
  <T> T instance(String packageName, String name, Class<T> type) {
    String className = packageName.isEmpty() ? name : packageName + "." + name;
    try {
      return type.cast(loadClass(className).getConstructor().newInstance());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof OutOfMemoryError memory) {
        throw memory;
      }
      throw new IllegalStateException("the generated class " + className + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated class " + className + " is not as expected", e);
    }
  }
}
