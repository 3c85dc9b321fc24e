package org.dlm.compiler.emit;

import com.palantir.javapoet.ClassName;

/** The runtime's types as generated code names them. */
final class Runtime {
  private Runtime() {}

  private static final String ROOT = "org.dlm.runtime";

  static final ClassName MODEL = ClassName.get(ROOT, "Model");
  static final ClassName PROGRAM = ClassName.get(ROOT, "Program");
  static final ClassName FUNCTION = ClassName.get(ROOT, "Function");
  static final ClassName COMPILED_FUNCTION = ClassName.get(ROOT, "CompiledFunction");
  static final ClassName PORT = ClassName.get(ROOT, "Port");
  static final ClassName VARIABLE = ClassName.get(ROOT, "Variable");
  static final ClassName ELEMENT_TYPE = ClassName.get(ROOT, "ElementType");
  static final ClassName TENSOR = ClassName.get(ROOT, "Tensor");
  static final ClassName FLOAT_TENSOR = ClassName.get(ROOT, "FloatTensor");
  static final ClassName INT_TENSOR = ClassName.get(ROOT, "IntTensor");
  static final ClassName ARENA_PLAN = ClassName.get(ROOT, "ArenaPlan");
  static final ClassName ENTRY_CHECK = ClassName.get(ROOT, "EntryCheck");
  static final ClassName OPTIMIZER = ClassName.get(ROOT, "Optimizer");
  static final ClassName RECIPE = ClassName.get(ROOT + ".train", "Recipe");
  static final ClassName TRAINING_PLAN = ClassName.get(ROOT + ".train", "TrainingPlan");
  static final ClassName PARAMETER_GROUP = ClassName.get(ROOT + ".train", "ParameterGroup");
  static final ClassName GOAL = ClassName.get(ROOT + ".train", "Goal");
  static final ClassName REDUCE_ON_PLATEAU = ClassName.get(ROOT + ".train", "ReduceOnPlateau");
  static final ClassName INITIALIZERS = ClassName.get(ROOT + ".store", "Initializers");
  static final ClassName CONTRACTION = ClassName.get(ROOT + ".kernel", "Contraction");
  static final ClassName CHOICES = ClassName.get(ROOT + ".kernel", "Choices");
  static final ClassName WORKSPACE = ClassName.get(ROOT + ".kernel", "Workspace");
  static final ClassName POOL = ClassName.get(ROOT + ".kernel", "Pool");
  static final ClassName TASK = ClassName.get(ROOT + ".kernel", "Task");
  static final ClassName END = ClassName.get(ROOT + ".kernel", "End");
  static final ClassName LANE_CHOICE = ClassName.get(ROOT + ".lanes", "LaneChoice");
  static final ClassName LANES = ClassName.get(ROOT + ".lanes", "Lanes");
}
