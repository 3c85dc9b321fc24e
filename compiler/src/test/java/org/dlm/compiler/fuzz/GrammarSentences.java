package org.dlm.compiler.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.dlm.grammar.DlmParser;

/** Texts that follow the grammar and mean nothing in particular: random walks through the parser's automaton. */
final class GrammarSentences {
  private static final ATN AUTOMATON = DlmParser._ATN;
  private static final int FAR = 1_000_000;
  private static final List<String> NAMES = List.of("x", "y", "a", "b", "n", "relu", "softmax", "sum", "shape", "len", "split",
      "cross_entropy", "take", "concat", "reshape", "zeros", "ones", "uniform", "training", "step", "p", "g", "forward", "loss",
      "update", "i32", "f32", "axis", "axes", "float", "int", "N", "T", "C", "Linear", "Conv2d", "Adam", "M", "L", "A", "mse");
  private static final List<String> NUMBERS = List.of("0", "1", "2", "3", "7", "64", "1_000", "1000000000", "9999999999");

  /** How many tokens it takes at least from a state to the end of its rule. */
  private static final int[] TO_END = shortest();

  private final Random random;
  private final StringBuilder text = new StringBuilder();
  private int tokens;

  private GrammarSentences(Random random) {
    this.random = random;
  }

  /** A file of some {@code size} tokens, or as few more as it takes to end it. */
  static String file(Random random, int size) {
    GrammarSentences sentence = new GrammarSentences(random);
    sentence.walk(DlmParser.RULE_file, size);
    return sentence.text.toString();
  }

  private void walk(int rule, int size) {
    ATNState state = AUTOMATON.ruleToStartState[rule];
    while (!(state instanceof RuleStopState)) {
      Transition next = choose(state, size);
      if (next instanceof RuleTransition call) {
        walk(call.target.ruleIndex, size);
        state = call.followState;
      } else {
        if (!next.isEpsilon()) {
          write(next);
        }
        state = next.target;
      }
    }
  }

  private Transition choose(ATNState state, int size) {
    Transition[] all = state.getTransitions();
    if (tokens < size) {
      Transition any = all[random.nextInt(all.length)];
      if (cost(any) < FAR) {
        return any;
      }
    }
    Transition best = all[0];
    for (Transition each : all) {
      best = cost(each) < cost(best) ? each : best;
    }
    return best;
  }

  private void write(Transition transition) {
    int[] types = transition.label() == null ? new int[] {DlmParser.ID} : transition.label().toArray();
    int type = types[random.nextInt(types.length)];
    tokens++;
    if (type != Token.EOF) {
      String literal = DlmParser.VOCABULARY.getLiteralName(type);
      text.append(literal != null ? literal.substring(1, literal.length() - 1) : spelled(DlmParser.VOCABULARY.getSymbolicName(type)));
      text.append(random.nextInt(12) == 0 ? '\n' : ' ');
    }
  }

  private String spelled(String symbol) {
    return switch (symbol) {
      case "INT" -> NUMBERS.get(random.nextInt(NUMBERS.size()));
      case "FLOAT" -> random.nextBoolean() ? "0.5" : "1e-3";
      case "STRING" -> random.nextBoolean() ? "\"n i, o i -> n o\"" : "\"text\"";
      case "ID" -> NAMES.get(random.nextInt(NAMES.size()));
      default -> symbol.toLowerCase(java.util.Locale.ROOT);
    };
  }

  private static int cost(Transition transition) {
    return cost(transition, TO_END);
  }

  private static int cost(Transition transition, int[] toEnd) {
    int inside = transition instanceof RuleTransition call ? toEnd[call.target.stateNumber] : transition.isEpsilon() ? 0 : 1;
    ATNState after = transition instanceof RuleTransition call ? call.followState : transition.target;
    return Math.min(FAR, inside + toEnd[after.stateNumber]);
  }

  private static int[] shortest() {
    int[] toEnd = new int[AUTOMATON.states.size()];
    Arrays.fill(toEnd, FAR);
    List<ATNState> states = new ArrayList<>(AUTOMATON.states);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : states) {
        int best = state instanceof RuleStopState ? 0 : FAR;
        for (int i = 0; state != null && !(state instanceof RuleStopState) && i < state.getNumberOfTransitions(); i++) {
          best = Math.min(best, cost(state.transition(i), toEnd));
        }
        if (state != null && best < toEnd[state.stateNumber]) {
          toEnd[state.stateNumber] = best;
          changed = true;
        }
      }
    }
    return toEnd;
  }
}
