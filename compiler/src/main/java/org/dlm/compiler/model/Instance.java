package org.dlm.compiler.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/**
 * One layer, model or optimizer with its hyper-parameters: a node of the tree of parameters. It may be waiting for its
 * first application, which tells what {@code _} stands for.
 */
public final class Instance {
  /** How far it is built. */
  public enum State { WAITING, BUILDING, READY, BROKEN }

  /** A parameter or buffer. */
  public record Slot(String name, boolean parameter, Shape shape, ModelSpec.Initial initial, boolean frozen,
      Span span) {}

  private final String layerName;
  private final Syntax.Top declaration;
  private final Span site;
  private final Scope scope;
  private final Map<String, Meaning.Argument> arguments;

  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final List<Object> inOrder = new ArrayList<>();
  private final Map<Syntax.Call, Map<String, Instance>> inline = new IdentityHashMap<>();
  private final Map<String, Integer> inlineNames = new LinkedHashMap<>();
  private final List<Requirement> requirements = new ArrayList<>();

  private State state = State.WAITING;
  private Meaning stages;
  private Instance parent;
  private String segment = "";
  private Span fieldSpan;
  private boolean frozen;
  private boolean recomputed;
  private boolean unnamed;
  private String suffix;
  private String lastInput = "";
  private String lastOutput = "";

  /** A {@code require} of the instance that depends on open dims. */
  public record Requirement(Meaning.Claim claim, String message, Span span) {}

  /**
   * @param declaration the layer, model or optimizer
   * @param site the call that made it
   * @param surroundings the package it is declared in
   * @param arguments what the call gave, by name of the hyper-parameter
   */
  public Instance(Syntax.Top declaration, Span site, Scope surroundings, Map<String, Meaning.Argument> arguments) {
    this.layerName = declaration.name().name();
    this.declaration = declaration;
    this.site = site;
    this.scope = surroundings.ofInstance(this);
    this.arguments = new LinkedHashMap<>(arguments);
  }

  public String layerName() {
    return layerName;
  }

  public Syntax.Top declaration() {
    return declaration;
  }

  public Span site() {
    return site;
  }

  public Scope scope() {
    return scope;
  }

  public Map<String, Meaning.Argument> arguments() {
    return arguments;
  }

  public State state() {
    return state;
  }

  public void state(State now) {
    state = now;
  }

  /** What a layer given as a list of stages does; null for one with members. */
  public Meaning stages() {
    return stages;
  }

  public void stages(Meaning chain) {
    stages = chain;
  }

  // ------------------------------------------------------------------------------------------------ the tree

  /** Gives the instance its place; the first place wins, so that a shared instance has one path. */
  public void adoptInto(Instance owner, String name, Span field) {
    if (parent == null && owner != this) {
      parent = owner;
      segment = name;
      fieldSpan = field;
      owner.inOrder.add(this);
    }
  }

  public boolean placed() {
    return parent != null;
  }

  public Instance parent() {
    return parent;
  }

  /** The field, list index or made-up name it has in its parent. */
  public String segment() {
    return segment;
  }

  /** Where the field is written that holds it, or null. */
  public Span fieldSpan() {
    return fieldSpan;
  }

  /** {@code net.0}; "" at the top. */
  public String path() {
    if (parent == null) {
      return "";
    }
    String above = parent.path();
    return above.isEmpty() || segment.isEmpty() ? above + segment : above + "." + segment;
  }

  public String pathOf(String variable) {
    if (suffix != null) {
      return parent.pathOf(variable + suffix);
    }
    String path = path();
    return path.isEmpty() ? variable : path + "." + variable;
  }

  /** Its variables are called as if they were its parent's, with {@code suffix} behind their names. */
  public void flatten(String suffix) {
    this.suffix = suffix;
  }

  /** Its name was made up, because it stands in no field. */
  public boolean unnamed() {
    return unnamed;
  }

  /** As {@link #adoptInto}, under a made-up name. */
  public void adoptUnnamed(Instance owner, Span stage) {
    if (parent == null && owner != this) {
      unnamed = true;
      adoptInto(owner, owner.inlineName(layerName), stage);
    }
  }

  public void freeze() {
    frozen = true;
  }

  /** In the backward pass, what its functions make is computed again instead of kept. */
  public void recompute() {
    recomputed = true;
  }

  public boolean recomputed() {
    return recomputed;
  }

  public boolean frozen() {
    return frozen || parent != null && parent.frozen();
  }

  // ------------------------------------------------------------------------------------------------ what is inside

  public void add(Slot slot) {
    slots.put(slot.name(), slot);
    inOrder.add(slot);
  }

  public Slot slot(String name) {
    return slots.get(name);
  }

  /** Slots and child instances in the order in which they were made. */
  public List<Object> inOrder() {
    return List.copyOf(inOrder);
  }

  public List<Requirement> requirements() {
    return requirements;
  }

  /** The instances that a constructor call inside a function of this instance made, by round of the loops around it. */
  public Map<String, Instance> inlineAt(Syntax.Call call) {
    return inline.computeIfAbsent(call, c -> new LinkedHashMap<>());
  }

  /** {@code conv2d}, then {@code conv2d_1}. */
  private String inlineName(String layer) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < layer.length(); i++) {
      char c = layer.charAt(i);
      if (Character.isUpperCase(c) && i > 0 && !Character.isUpperCase(layer.charAt(i - 1))) {
        snake.append('_');
      }
      snake.append(Character.toLowerCase(c));
    }
    int count = inlineNames.merge(snake.toString(), 1, Integer::sum) - 1;
    return count == 0 ? snake.toString() : snake + "_" + count;
  }

  /** Remembers the shapes of a call, for the summary. */
  public void called(String input, String output) {
    lastInput = input;
    lastOutput = output;
  }

  public String lastInput() {
    return lastInput;
  }

  public String lastOutput() {
    return lastOutput;
  }
}
