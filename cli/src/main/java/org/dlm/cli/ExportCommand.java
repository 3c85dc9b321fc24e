package org.dlm.cli;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.onnx.ExportOnnx;
import org.dlm.compiler.onnx.NotInOnnx;
import org.dlm.runtime.Model;
import org.dlm.runtime.Variable;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm export}: a function of a model with its weights as an ONNX file. */
@Command(name = "export", description = "Write a function of a model with its weights as an ONNX file, for inference.")
final class ExportCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Mixin private CalledFunction called;

  @Option(names = {"-o", "--out"}, paramLabel = "F.onnx", required = true, description = "Where the model goes.")
  private Path out;

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    output(out);
    called.check();
    LoadedModel loaded = LoadedModel.load(files, console, null);
    String function = called.of(loaded);
    ModelSpec.Function exported = loaded.spec().functions().stream().filter(f -> f.name().equals(function)).findFirst()
        .orElseThrow();
    Model model = loaded.model();
    called.fill(model, 0, console);
    String doc = loaded.spec().doc().isEmpty() ? loaded.spec().name() : loaded.spec().doc();
    try {
      AtomicFile.write(out, channel -> {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        ExportOnnx.write(exported.inference(), doc, bytes(model), stream);
        stream.flush();
      });
    } catch (NotInOnnx problem) {
      console.err().println(Render.text(problem.diagnostic(exported.span()), console.live()));
      throw new Failures.Told();
    }
    console.err().println(String.format(Locale.ROOT, "wrote %s: `%s` in the operators of ONNX %d", out, function,
        ExportOnnx.OPERATORS));
  }

  /** The numbers of a parameter or buffer, by its path. */
  static Function<String, byte[]> bytes(Model model) {
    Map<String, Variable> parameters = byPath(model.parameterList());
    Map<String, Variable> buffers = byPath(model.bufferList());
    return path -> {
      Variable v = parameters.getOrDefault(path, buffers.get(path));
      ByteBuffer data = ByteBuffer.allocate(v.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(parameters.containsKey(path) ? model.parameters : model.buffers, v.offset(), v.size());
      return data.array();
    };
  }

  private static Map<String, Variable> byPath(List<Variable> variables) {
    return variables.stream().collect(Collectors.toMap(Variable::path, v -> v));
  }
}
