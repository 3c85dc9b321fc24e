package org.dlm.compiler.fuse;

import java.util.List;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Step;

/** Puts loop nests that walk the same axes into one. */
final class MergeLoops {
  private MergeLoops() {}

  static List<Step> in(List<Step> steps, List<Plan.Result> results) {
    return steps;
  }
}
