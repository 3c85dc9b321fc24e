package org.dlm.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.store.SafetensorsWriter;
import org.dlm.runtime.store.StoredType;
import org.dlm.runtime.store.Weights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlm weights}: the weights of a checkpoint alone, under names of somebody else's choice. */
@Command(name = "weights", description = "Write the weights of a checkpoint without the state of its training.")
final class WeightsCommand extends BaseCommand {
  @Parameters(paramLabel = "CHECKPOINT", description = "A safetensors file.")
  private Path from;

  @Option(names = {"-o", "--out"}, paramLabel = "F", required = true, description = "Where the weights go.")
  private Path to;

  @Option(names = "--names", paramLabel = "FILE",
      description = "Lines NAME -> PATH, as for --rename, read backwards: what the model's paths are called in F.")
  private Path names;

  WeightsCommand(Console console) {
    super(console);
  }

  private static ElementType type(StoredType type) {
    return switch (type) {
      case F64, F32, F16, BF16 -> ElementType.F32;
      case BOOL -> ElementType.BOOL;
      default -> ElementType.I32;
    };
  }

  @Override
  void execute() throws IOException {
    Renaming renaming = names == null ? Renaming.NONE : Renaming.readBackwards(names);
    SafetensorsWriter writer = new SafetensorsWriter();
    try (SafetensorsFile file = SafetensorsFile.open(from)) {
      if (Files.exists(to) && Files.isSameFile(from, to)) {
        throw new InputProblem(to + " is the checkpoint itself, and would lose the state of its training",
            "Name another file with -o.");
      }
      List<String> paths = file.tensors().keySet().stream().filter(Weights::isWeight).toList();
      if (paths.isEmpty()) {
        throw new InputProblem(from + " holds no weights", "Was the right file named?");
      }
      renaming.namesByPath(paths).forEach((name, path) -> writer.add(name,
          file.read(path, type(file.tensor(path).type()))));
      writer.write(output(to), Map.of("format", "pt"));
      console.err().println("wrote " + to + ": " + paths.size() + " tensors");
    }
  }
}
