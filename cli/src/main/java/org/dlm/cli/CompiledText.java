package org.dlm.cli;

import java.util.List;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;

/** The only model of a text, and an optimizer, compiled and loaded into this process: for benchmarks of kernels. */
public record CompiledText(Model model, Optimizer optimizer) {
  /** Of a text that has no mistake. */
  public static CompiledText of(String text, String optimizer) {
    Result result = Compiler.compileSources(List.of(new SourceFile("text.dlm", text)),
        Options.DEFAULT.withOptimizers(List.of(optimizer)));
    if (result.hasErrors()) {
      throw new IllegalArgumentException(Render.text(result.diagnostics(), false));
    }
    CompiledClasses classes = new CompiledClasses(InMemoryCompilation.compile(result.files()));
    var model = result.models().getFirst();
    var rule = result.optimizers().stream().filter(o -> o.name().equals(optimizer)).findFirst().orElseThrow();
    return new CompiledText(classes.instance(model.packageName(), model.name(), Model.class),
        classes.instance(rule.packageName(), rule.name(), Optimizer.class));
  }
}
