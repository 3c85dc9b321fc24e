package org.dlm.compiler.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Names and what they mean, one inside the other: package, instance, function, loop. */
public final class Scope {
  /** What kind of text a scope belongs to; decides where a rebound name goes. */
  public enum Kind { PACKAGE, INSTANCE, FUNCTION, LOOP, STEP }

  /** Where the names of a package come from: its files, its imports, the prelude. */
  public interface Names {
    /** The meaning of the name, or null. */
    Meaning find(String name);

    Collection<String> all();
  }

  private final Scope parent;
  private final Kind kind;
  private final Instance owner;
  private final Names outside;
  private final String iteration;
  private final Map<String, Meaning> names = new LinkedHashMap<>();

  private Scope(Scope parent, Kind kind, Instance owner, Names outside, String iteration) {
    this.parent = parent;
    this.kind = kind;
    this.owner = owner;
    this.outside = outside;
    this.iteration = iteration;
  }

  public static Scope ofPackage(Names names) {
    return new Scope(null, Kind.PACKAGE, null, names, "");
  }

  public Scope ofInstance(Instance instance) {
    return new Scope(this, Kind.INSTANCE, instance, null, "");
  }

  public Scope ofFunction() {
    return new Scope(this, Kind.FUNCTION, owner, null, "");
  }

  public Scope ofIteration(long index) {
    return new Scope(this, Kind.LOOP, owner, null, iteration + "/" + index);
  }

  /** The body of a loop over time. */
  public Scope ofStep() {
    return new Scope(this, Kind.STEP, owner, null, iteration);
  }

  private boolean isLoop() {
    return kind == Kind.LOOP || kind == Kind.STEP;
  }

  /** Is there a loop over time around, in the same function? */
  public boolean inStep() {
    return kind == Kind.STEP || kind == Kind.LOOP && parent.inStep();
  }

  /** The meaning that an assignment in a loop here would replace, or null where the name would be the loop's own. */
  public Meaning inFunction(String name) {
    Meaning found = kind == Kind.FUNCTION || isLoop() ? names.get(name) : null;
    return found != null || !isLoop() ? found : parent.inFunction(name);
  }

  /** The instance whose text we are in, or null outside of any. */
  public Instance owner() {
    return owner;
  }

  /** Which rounds of the unrolled loops around we are in. */
  public String iteration() {
    return iteration;
  }

  /** Are we in the body of a function (and not in the members of a layer)? */
  public boolean inFunction() {
    return kind == Kind.FUNCTION || isLoop() && parent.inFunction();
  }

  /** The meaning of a name here, or null. */
  public Meaning find(String name) {
    for (Scope s = this; s != null; s = s.parent) {
      Meaning found = s.names.get(name);
      if (found == null && s.outside != null) {
        found = s.outside.find(name);
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The meaning given in this very scope, or null. */
  public Meaning own(String name) {
    return names.get(name);
  }

  public void define(String name, Meaning meaning) {
    names.put(name, meaning);
  }

  /** Binds as an assignment does: a name of a function around a loop is rebound there. */
  public void assign(String name, Meaning meaning) {
    for (Scope s = this; s != null && s.isLoop(); s = s.parent) {
      Scope outer = s.parent;
      if (outer != null && (outer.isLoop() || outer.kind == Kind.FUNCTION) && outer.names.containsKey(name)) {
        outer.assign(name, meaning);
        return;
      }
    }
    names.put(name, meaning);
  }

  /** The names given in this very scope. */
  public Set<String> members() {
    return java.util.Collections.unmodifiableSet(names.keySet());
  }

  /** All names that could have been meant. */
  public Set<String> visible() {
    Set<String> all = new LinkedHashSet<>();
    for (Scope s = this; s != null; s = s.parent) {
      all.addAll(s.names.keySet());
      if (s.outside != null) {
        all.addAll(s.outside.all());
      }
    }
    return all;
  }
}
