package org.dlm.tests.golden;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/**
 * ONNX Runtime, where it is on the class path. It is called by reflection: at 54 MB with native code it is no dependency of
 * an ordinary build.
 */
final class OnnxRuntime {
  private static final String ROOT = "ai.onnxruntime.";

  private OnnxRuntime() {}

  static boolean isThere() {
    try {
      Class.forName(ROOT + "OrtEnvironment");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Runs a model once; results by name. */
  static Map<String, Tensor> run(byte[] model, Map<String, Tensor> inputs) {
    try {
      Object environment = type("OrtEnvironment").getMethod("getEnvironment").invoke(null);
      AutoCloseable session = (AutoCloseable) environment.getClass().getMethod("createSession", byte[].class)
          .invoke(environment, (Object) model);
      try (session) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (var input : inputs.entrySet()) {
          given.put(input.getKey(), given(environment, input.getValue()));
        }
        AutoCloseable results = (AutoCloseable) session.getClass().getMethod("run", Map.class).invoke(session, given);
        try (results) {
          return read((Iterable<?>) results);
        }
      }
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw new AssertionError("ONNX Runtime: " + e.getCause().getMessage(), e.getCause());
    } catch (Exception e) {
      throw new AssertionError("ONNX Runtime cannot be called", e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(ROOT + name);
  }

  private static Object given(Object environment, Tensor tensor) throws ReflectiveOperationException {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return switch (tensor) {
      case FloatTensor f -> type("OnnxTensor").getMethod("createTensor", environment.getClass(), FloatBuffer.class,
          long[].class).invoke(null, environment, FloatBuffer.wrap(f.data()), shape);
      case IntTensor i when i.type() == ElementType.I32 -> type("OnnxTensor").getMethod("createTensor",
          environment.getClass(), IntBuffer.class, long[].class).invoke(null, environment, IntBuffer.wrap(i.data()), shape);
      case IntTensor b -> {
        ByteBuffer truths = ByteBuffer.allocateDirect(b.data().length).order(ByteOrder.nativeOrder());
        Arrays.stream(b.data()).forEach(t -> truths.put((byte) t));
        Object bool = Arrays.stream(type("OnnxJavaType").getEnumConstants()).filter(c -> c.toString().equals("BOOL"))
            .findFirst().orElseThrow();
        yield type("OnnxTensor").getMethod("createTensor", environment.getClass(), ByteBuffer.class, long[].class,
            type("OnnxJavaType")).invoke(null, environment, truths.flip(), shape, bool);
      }
    };
  }

  private static Map<String, Tensor> read(Iterable<?> results) throws ReflectiveOperationException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Object result : results) {
      Map.Entry<?, ?> entry = (Map.Entry<?, ?>) result;
      Object value = entry.getValue();
      Object info = value.getClass().getMethod("getInfo").invoke(value);
      int[] shape = Arrays.stream((long[]) info.getClass().getMethod("getShape").invoke(info)).mapToInt(n -> (int) n)
          .toArray();
      tensors.put((String) entry.getKey(), tensor(value, info, shape));
    }
    return tensors;
  }

  private static Tensor tensor(Object value, Object info, int[] shape) throws ReflectiveOperationException {
    String element = info.getClass().getField("type").get(info).toString();
    Method floats = value.getClass().getMethod("getFloatBuffer");
    switch (element) {
      case "FLOAT" -> {
        float[] data = new float[Tensor.size(shape)];
        Optional.ofNullable((FloatBuffer) floats.invoke(value)).ifPresent(b -> b.get(data));
        return new FloatTensor(data, shape);
      }
      case "INT32" -> {
        int[] data = new int[Tensor.size(shape)];
        ((IntBuffer) value.getClass().getMethod("getIntBuffer").invoke(value)).get(data);
        return IntTensor.of(data, shape);
      }
      default -> {
        ByteBuffer bytes = (ByteBuffer) value.getClass().getMethod("getByteBuffer").invoke(value);
        int[] data = new int[Tensor.size(shape)];
        Arrays.setAll(data, i -> bytes.get(i));
        return new IntTensor(ElementType.BOOL, data, shape);
      }
    }
  }
}
