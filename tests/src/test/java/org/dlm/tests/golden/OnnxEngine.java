package org.dlm.tests.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.onnx.ExportOnnx;
import org.dlm.runtime.Tensor;

/** Runs the functions for inference in ONNX Runtime, as they are exported. */
record OnnxEngine(GoldenCase of, ModelSpec model) implements Engine {
  @Override
  public Outcome call(String name, boolean training, boolean gradient, Map<String, Tensor> inputs) {
    ModelSpec.Function function = model.functions().stream().filter(f -> f.name().equals(name)).findFirst()
        .orElseThrow(() -> new AssertionError("no function " + name));
    Map<String, Tensor> given = new LinkedHashMap<>();
    function.inference().inputs().forEach(v -> {
      String input = ((org.dlm.compiler.op.Given) v.op()).path();
      given.put(input, inputs.get(input));
    });
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    // An output cannot be called as an input is.
    OnnxRuntime.run(export(function), given).forEach((n, t) -> outputs.put(n.replaceFirst("_out$", ""), t));
    return new Outcome(outputs, Map.of(), Map.of());
  }

  private byte[] export(ModelSpec.Function function) {
    Map<String, ModelSpec.Variable> variables = new LinkedHashMap<>();
    Stream.concat(model.parameters().stream(), model.buffers().stream()).forEach(v -> variables.put(v.path(), v));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ExportOnnx.write(function.inference(), "", path -> bytes(variables.get(path)), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private byte[] bytes(ModelSpec.Variable v) {
    Tensor stored = Stream.of("param.", "buffer.").map(kind -> of.numbers().get(kind + v.path()))
        .filter(t -> t != null).findFirst().orElse(null);
    float[] numbers = stored != null ? GoldenCheck.floats(stored)
        : Filled.numbers(v.path(), v.shape().dims().stream().mapToInt(d -> (int) d.constant()).toArray());
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }
}
