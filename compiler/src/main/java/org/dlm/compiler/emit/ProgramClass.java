package org.dlm.compiler.emit;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Writes one form of a function as a nested class of its model: a {@code Program}. */
final class ProgramClass {
  /** Tensors in memory that are laid out in one method. */
  private static final int FEW = 50;

  /** Fields that hold methods and are set where they are declared. */
  private static final int MANY_REFERENCES = 400;

  private final String name;
  private final Graph graph;
  private final Plan plan;
  private final Layout parameters;
  private final Layout buffers;
  private final KernelLibrary kernels;
  private final boolean timed;
  private final boolean measured;

  /** It has no gradient, so that a caller may say its weights stay. */
  private final boolean keepsWeights;
  private final ClassName modelClass;
  private final TypeSpec.Builder type;
  private final Scope names = new Scope();
  private final Map<Integer, String> fields = new LinkedHashMap<>();
  private final Set<String> dims = new TreeSet<>();
  private final List<CodeBlock> planStatements = new ArrayList<>();
  private List<CodeBlock> executeStatements = new ArrayList<>();

  /** What is done once before the loop over time that is being written; null outside of one. */
  private List<CodeBlock> beforeLoop;

  /** How weights that stay are brought into order. */
  private final List<CodeBlock> keepStatements = new ArrayList<>();

  private final Set<String> counters = new LinkedHashSet<>();
  private int references;
  private int timedSteps;
  private final List<CodeBlock> referenceStatements = new ArrayList<>();
  private boolean usesWorkspace;

  ProgramClass(String name, ClassName modelClass, Graph graph, Plan plan, Layout parameters, Layout buffers,
      KernelLibrary kernels, boolean timed, boolean measured, boolean keepsWeights) {
    this.name = name;
    this.modelClass = modelClass;
    this.graph = graph;
    this.plan = plan;
    this.parameters = parameters;
    this.buffers = buffers;
    this.kernels = kernels;
    this.timed = timed;
    this.measured = measured;
    this.keepsWeights = keepsWeights;
    type = TypeSpec.classBuilder(name).addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .superclass(Runtime.PROGRAM);
    List.of("arena", "intArena", "seed", "step", "model", "workspace", "changed", "inputs", "times", "frozen", "i")
        .forEach(names::fresh);
  }

  TypeSpec write(String doc, String checks, boolean gradient) {
    type.addJavadoc(doc);
    graph.inputs().forEach(v -> v.shape().dims().forEach(d -> dims.addAll(d.symbols())));
    dims.forEach(d -> {
      names.fresh(d);
      type.addField(TypeName.INT, d, Modifier.PRIVATE);
    });
    if (dims.isEmpty()) {
      type.addField(TypeName.BOOLEAN, names.fresh("planned"), Modifier.PRIVATE);
    }
    plan.steps().forEach(this::counters);
    declareBuffers();
    if (gradient) {
      zeroUnreachedGradients();
    }
    plan.steps().forEach(this::step);
    addConstructor();
    type.addMethod(new EntryCode(graph, plan, fields, dims, checks).accept());
    MethodPieces.add(type, overriding("plan"), "plan", planStatements);
    if (!keepStatements.isEmpty()) {
      MethodPieces.add(type, overriding("keepWeights").addParameter(TypeName.BOOLEAN, "frozen"), "keepWeights",
          keepStatements);
    }
    MethodPieces.add(type, overriding("execute"), "execute", executeStatements);
    new ResultCode(plan, this::array, this::offset).methods().forEach(type::addMethod);
    if (usesWorkspace) {
      type.addField(FieldSpec.builder(Runtime.WORKSPACE, "workspace", Modifier.PRIVATE, Modifier.FINAL)
          .initializer("new $T($L)", Runtime.WORKSPACE, measured ? ModelClass.CHOICES : "").build());
    }
    return type.build();
  }

  private void step(Step step) {
    switch (step) {
      case Step.Loops loops -> {
        loops(loops);
        time(loops.kernel().name() + (loops.schedule().lanes() ? "" : ", scalar"), step.note());
      }
      case Step.Contract contract -> {
        contract(contract);
        time(contract.name() + contract.end().map(e -> " + " + e.kernel().name()).orElse(""), step.note());
      }
      case Step.Repeat repeat -> repeat(repeat);
    }
  }

  private void time(String step, Note note) {
    if (timed) {
      executeStatements.add(statement("times.after($L, $S)", timedSteps++,
          step + ": " + note.formula() + (note.span() == null ? "" : ", " + note.place())));
    }
  }

  /** The counters of loops over time are fields, so that what runs on other threads sees them. */
  private void counters(Step step) {
    if (step instanceof Step.Repeat repeat) {
      if (counters.add(repeat.counter())) {
        names.fresh(repeat.counter());
        type.addField(TypeName.INT, repeat.counter(), Modifier.PRIVATE);
      }
      repeat.steps().forEach(this::counters);
    }
  }

  private void repeat(Step.Repeat repeat) {
    List<CodeBlock> before = executeStatements;
    List<CodeBlock> outer = beforeLoop;
    executeStatements = new ArrayList<>();
    beforeLoop = new ArrayList<>();
    repeat.steps().forEach(this::step);
    CodeBlock.Builder loop = CodeBlock.builder();
    if (repeat.backwards()) {
      loop.beginControlFlow("for ($1L = $2L; $1L >= 0; $1L--)", repeat.counter(), DimCode.of(repeat.extent().minus(1)));
    } else {
      loop.beginControlFlow("for ($1L = 0; $1L < $2L; $1L++)", repeat.counter(), DimCode.of(repeat.extent()));
    }
    if (MethodPieces.areFew(executeStatements)) {
      executeStatements.forEach(loop::add);
    } else {
      String method = names.fresh("stepOf" + FunctionCode.capital(repeat.counter()));
      MethodPieces.add(type, MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE), method,
          executeStatements);
      loop.addStatement("$L()", method);
    }
    executeStatements = before;
    executeStatements.addAll(beforeLoop);
    if (!beforeLoop.isEmpty()) {
      time(repeat.counter() + ": what stays the same", repeat.note());
    }
    beforeLoop = outer;
    executeStatements.add(loop.endControlFlow().build());
  }

  private static MethodSpec.Builder overriding(String method) {
    return MethodSpec.methodBuilder(method).addAnnotation(Override.class).addModifiers(Modifier.PROTECTED);
  }

  /** A field that holds one of the program's methods. Very many would make the constructor too long. */
  private void reference(TypeName type, String field, String method) {
    references++;
    FieldSpec.Builder spec = FieldSpec.builder(type, field, Modifier.PRIVATE);
    if (references <= MANY_REFERENCES) {
      spec.addModifiers(Modifier.FINAL).initializer("this::$L", method);
    } else {
      referenceStatements.add(statement("$L = this::$L", field, method));
    }
    this.type.addField(spec.build());
  }

  private void addConstructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addParameter(modelClass, "model")
        .addStatement("super(model)");
    if (!referenceStatements.isEmpty()) {
      String method = names.fresh("references");
      constructor.addStatement("$L()", method);
      MethodPieces.add(type, MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE), method,
          referenceStatements);
    }
    type.addMethod(constructor.build());
  }

  // ------------------------------------------------------------------------------------------------ memory

  private void declareBuffers() {
    for (Buffer buffer : plan.buffers()) {
      if (buffer.place() instanceof Place.Argument) {
        String field = names.fresh(buffer.name());
        fields.put(buffer.id(), field);
        type.addField(arrayType(buffer.type()), field, Modifier.PRIVATE);
      }
    }
    layOut("floats", "arena", plan.lifetimes().stream().filter(l -> l.buffer().type() == DType.F32).toList());
    layOut("ints", "intArena", plan.lifetimes().stream().filter(l -> l.buffer().type() != DType.F32).toList());
  }

  private void layOut(String variable, String arena, List<Plan.Lifetime> lifetimes) {
    if (lifetimes.isEmpty()) {
      return;
    }
    List<CodeBlock> statements = new ArrayList<>();
    // The plan of a long program is made over several methods, so it is a field there.
    boolean local = lifetimes.size() <= FEW;
    if (!local) {
      type.addField(Runtime.ARENA_PLAN, variable, Modifier.PRIVATE);
    }
    statements.add(statement(local ? "$1T $2L = new $1T()" : "$2L = new $1T()", Runtime.ARENA_PLAN, variable));
    for (Plan.Lifetime lifetime : lifetimes) {
      Buffer buffer = lifetime.buffer();
      String field = names.fresh(buffer.name() + "At");
      fields.put(buffer.id(), field);
      type.addField(FieldSpec.builder(TypeName.INT, field, Modifier.PRIVATE).addJavadoc("$L.", buffer.shape())
          .build());
      statements.add(statement("$L.add($S, $L, $L, $L)", variable, buffer.name(), longSize(buffer.shape().size()),
          lifetime.first(), lifetime.last()));
    }
    statements.add(statement("$L.place()", variable));
    statements.add(statement("$1L = $2L.fit($1L)", arena, variable));
    lifetimes.forEach(l ->
        statements.add(statement("$L = $L.at($S)", fields.get(l.buffer().id()), variable, l.buffer().name())));
    planStatements.addAll(local ? List.of(CodeBlock.join(statements, "")) : statements);
  }

  private static CodeBlock statement(String format, Object... arguments) {
    return CodeBlock.builder().addStatement(format, arguments).build();
  }

  private static CodeBlock longSize(Dim size) {
    return size.isConstant() ? Code.literal(size.constant()).block() : CodeBlock.of("(long) $L", DimCode.of(size));
  }

  private static TypeName arrayType(DType type) {
    return ArrayTypeName.of(type == DType.F32 ? TypeName.FLOAT : TypeName.INT);
  }

  private CodeBlock array(Buffer buffer) {
    return switch (buffer.place()) {
      case Place.Argument a -> CodeBlock.of("$L", fields.get(buffer.id()));
      case Place.Parameter p -> CodeBlock.of("model.parameters");
      case Place.Gradient g -> CodeBlock.of("model.gradients");
      case Place.State s -> CodeBlock.of("model.buffers");
      case Place.Arena a -> CodeBlock.of(buffer.type() == DType.F32 ? "arena" : "intArena");
    };
  }

  private CodeBlock offset(Buffer buffer) {
    return switch (buffer.place()) {
      case Place.Argument a -> CodeBlock.of("0");
      case Place.Parameter(String path) -> CodeBlock.of("$L", parameters.constant(path));
      case Place.Gradient(String path) -> CodeBlock.of("$L", parameters.constant(path));
      case Place.State(String path) -> CodeBlock.of("$L", buffers.constant(path));
      case Place.Arena a -> CodeBlock.of("$L", fields.get(buffer.id()));
    };
  }

  /** A parameter that this function does not reach, or does not train, has gradient 0. */
  private void zeroUnreachedGradients() {
    Set<String> written = new LinkedHashSet<>();
    plan.buffers().forEach(b -> {
      if (b.place() instanceof Place.Gradient(String path)) {
        written.add(path);
      }
    });
    for (Layout.Entry entry : parameters.entries()) {
      if (!written.contains(entry.variable().path())) {
        executeStatements.add(statement("$T.fill(model.gradients, $L, $L + $L, 0f)",
            java.util.Arrays.class, entry.constant(), entry.constant(), entry.size()));
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ loops

  private void loops(Step.Loops step) {
    KernelLibrary.Entry kernel = kernels.add(step);
    String method = names.fresh(step.kernel().name());
    List<Axis> cut = step.schedule().cut();
    type.addMethod(call(method, kernel, step.buffers(),
        cut.isEmpty() ? List.of() : List.of("from", "to")));
    if (cut.isEmpty()) {
      executeStatements.add(statement("$L()", method));
    } else {
      executeStatements.add(parallel(method, step));
    }
  }

  /** A method that hands a kernel its arguments. */
  private MethodSpec call(String method, KernelLibrary.Entry entry, List<Buffer> used, List<String> range) {
    List<CodeBlock> arguments = new ArrayList<>();
    used.forEach(b -> arguments.add(CodeBlock.of("$L, $L", array(b), offset(b))));
    entry.arguments().extra().forEach(e ->
        arguments.add(DimCode.of(entry.sizes().getOrDefault(e, Dim.symbol(e))).block()));
    range.forEach(r -> arguments.add(CodeBlock.of("$L", r)));
    MethodSpec.Builder spec = MethodSpec.methodBuilder(method).addModifiers(Modifier.PRIVATE);
    range.forEach(r -> spec.addParameter(TypeName.INT, r));
    CodeBlock call = CodeBlock.join(arguments, ", ");
    if (entry.lanes()) {
      spec.beginControlFlow("if ($T.VECTOR)", Runtime.LANE_CHOICE)
          .addStatement("Vector.$L($L)", entry.method(), call)
          .nextControlFlow("else")
          .addStatement("Scalar.$L($L)", entry.method(), call)
          .endControlFlow();
    } else {
      spec.addStatement("Scalar.$L($L)", entry.method(), call);
    }
    return spec.build();
  }

  private CodeBlock parallel(String method, Step.Loops step) {
    List<Axis> cut = step.schedule().cut();
    Dim extent = cut.stream().map(Axis::extent).reduce(Dim.ONE, Dim::times);
    boolean neighbours = cut.size() == 1 && cut.getFirst().equals(step.schedule().across());
    String task = names.fresh(method + "Task");
    reference(Runtime.TASK, task, method);
    return statement("$T.run($L, $L, $L($L))", Runtime.POOL, task, DimCode.of(extent),
        !neighbours ? "grain" : SideBySide.fits(step.kernel(), step.schedule()) ? "columnGrain" : "lineGrain",
        longSize(step.schedule().work()));
  }

  // ------------------------------------------------------------------------------------------------ contractions

  private void contract(Step.Contract step) {
    usesWorkspace = true;
    String field = names.fresh(step.name());
    type.addField(FieldSpec.builder(Runtime.CONTRACTION, field, Modifier.PRIVATE)
        .addJavadoc("$L$L.", step.note().formula(), step.note().span() == null ? "" : ", " + step.note().place())
        .build());
    planStatements.add(ContractionCode.plan(field, step));
    Buffer left = step.buffers().get(0);
    Buffer right = step.buffers().get(1);
    Buffer out = step.buffers().get(2);
    String end = step.end().map(e -> end(field, e, step.buffers().subList(3, step.buffers().size()))).orElse("null");
    executeStatements.add(statement("$L.run($L, $L, $L, $L, $L, $L, $L)", field,
        array(left), shifted(offset(left), step.leftOffset()), array(right), shifted(offset(right), step.rightOffset()),
        array(out), offset(out), end));
    switch (step.kept()) {
      case LEFT -> keep(field, left, step.leftOffset());
      case RIGHT -> keep(field, right, step.rightOffset());
      case NOTHING -> { }
    }
  }

  /** Weights that stay are ordered when that is said, anything else before the loop in which it does not change. */
  private void keep(String field, Buffer operand, Dim by) {
    CodeBlock at = CodeBlock.of("$L, $L", array(operand), shifted(offset(operand), by));
    boolean weights = keepsWeights && operand.place() instanceof Place.Parameter;
    if (weights) {
      keepStatements.add(statement("$L.keep(frozen, $L)", field, at));
    }
    if (beforeLoop != null) {
      CodeBlock keep = statement("$L.keep($L)", field, at);
      beforeLoop.add(!weights ? keep
          : CodeBlock.builder().beginControlFlow("if (!keepsWeights())").add(keep).endControlFlow().build());
    }
  }

  /** The field that holds the end. */
  private String end(String contraction, Step.End end, List<Buffer> used) {
    String method = names.fresh(end.kernel().name());
    String field = names.fresh(contraction + "End");
    type.addMethod(call(method, kernels.add(end), used,
        List.of("batch", "rowFrom", "rowTo", "columnFrom", "columnTo")));
    reference(Runtime.END, field, method);
    return field;
  }

  private static CodeBlock shifted(CodeBlock offset, Dim by) {
    return new Code(offset, Code.PRIMARY).plus(DimCode.of(by)).block();
  }
}
