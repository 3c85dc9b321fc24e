package org.dlm.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.GeneratedFile;

/** Generated sources compiled and loaded into this process. */
final class CompiledClasses extends ClassLoader {
  private final Map<String, byte[]> classes;

  CompiledClasses(List<GeneratedFile> files) {
    super(Main.class.getClassLoader());
    classes = InMemoryCompilation.compile(files);
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
