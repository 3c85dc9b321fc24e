package org.dlm.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Writes how a program's results are read. */
final class ResultCode {
  private final Plan plan;
  private final Function<Buffer, CodeBlock> array;
  private final Function<Buffer, CodeBlock> offset;

  ResultCode(Plan plan, Function<Buffer, CodeBlock> array, Function<Buffer, CodeBlock> offset) {
    this.plan = plan;
    this.array = array;
    this.offset = offset;
  }

  List<MethodSpec> methods() {
    return List.of(scalar(), output());
  }

  private MethodSpec scalar() {
    MethodSpec.Builder method = MethodSpec.methodBuilder("scalar").addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC).returns(TypeName.FLOAT).addParameter(TypeName.INT, "i");
    if (plan.results().stream().noneMatch(r -> r.type() == DType.F32)) {
      return method.addStatement("throw new $T(i)", IndexOutOfBoundsException.class).build();
    }
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("return switch (i)");
    for (int i = 0; i < plan.results().size(); i++) {
      Plan.Result result = plan.results().get(i);
      if (result.type() == DType.F32) {
        code.addStatement("case $L -> $L[$L]", i, array.apply(result.buffer()), offset.apply(result.buffer()));
      }
    }
    code.addStatement("default -> throw new $T(i)", IndexOutOfBoundsException.class).add("$<};\n");
    return method.addCode(code.build()).build();
  }

  private MethodSpec output() {
    CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("return switch (i)");
    for (int i = 0; i < plan.results().size(); i++) {
      Plan.Result result = plan.results().get(i);
      CodeBlock.Builder copy = CodeBlock.builder();
      if (result.type() == DType.F32) {
        copy.add("copyFloats($L, $L", array.apply(result.buffer()), offset.apply(result.buffer()));
      } else {
        copy.add("copyInts($T.$L, $L, $L", Runtime.ELEMENT_TYPE, result.type(), array.apply(result.buffer()),
            offset.apply(result.buffer()));
      }
      for (Dim dim : result.shape().dims()) {
        copy.add(", $L", DimCode.of(dim));
      }
      code.addStatement("case $L -> $L)", i, copy.build());
    }
    code.addStatement("default -> throw new $T(i)", IndexOutOfBoundsException.class).add("$<};\n");
    return MethodSpec.methodBuilder("output").addAnnotation(Override.class).addModifiers(Modifier.PUBLIC)
        .returns(Runtime.TENSOR).addParameter(TypeName.INT, "i").addCode(code.build()).build();
  }
}
