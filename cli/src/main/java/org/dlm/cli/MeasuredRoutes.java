package org.dlm.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Tuning;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.runtime.kernel.ThisMachine;
import org.dlm.runtime.lanes.LaneChoice;

/** What is to be said about the measurements that lie beside a model's file. */
final class MeasuredRoutes {
  private MeasuredRoutes() {}

  /** Where a model's measurements are not used, the reason in one line. */
  static Optional<String> notUsed(ModelSpec model) {
    return of(model).flatMap(MeasuredRoutes::elsewhere).map(why -> file(model) + " is not used: " + why);
  }

  /** A line for a model's summary. */
  static Optional<String> summary(ModelSpec model) {
    return of(model).map(tuning -> {
      Optional<String> why = tuning.products().equals(WriteJava.products(model)) ? elsewhere(tuning)
          : Optional.of("the model has changed since");
      return file(model) + ": the fastest way of " + tuning.routes().size()
          + (tuning.routes().size() == 1 ? " product" : " products") + " was measured on " + tuning.machine()
          + why.map(text -> "; not used, " + text).orElse("; used");
    });
  }

  private static Optional<String> elsewhere(Tuning tuning) {
    return LaneChoice.DETERMINISTIC ? Optional.of("--deterministic asks for the same sums on every machine")
        : tuning.machine().equals(ThisMachine.NAME) ? Optional.empty()
        : Optional.of("it was measured on " + tuning.machine() + ", and this is " + ThisMachine.NAME);
  }

  private static Path file(ModelSpec model) {
    return Tuning.beside(Path.of(model.span().file().name())).getFileName();
  }

  /** Nothing where there is no file, or none that can be read: the compiler tells that. */
  private static Optional<Tuning> of(ModelSpec model) {
    try {
      return Tuning.of(Tuning.read(Tuning.beside(Path.of(model.span().file().name()))), model.name());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
