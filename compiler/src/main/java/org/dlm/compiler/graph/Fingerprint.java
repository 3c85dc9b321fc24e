package org.dlm.compiler.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a function computes, in a line that fits into a file of weights:
 * {@code add 2; einsum ab,cb->ac 2; tanh 1 #0a1b2c3d4e5f}. How often each op is done is for people; the number behind
 * it differs where anything does, be it an order or an epsilon. Names of values, places in the source and comments do
 * not count.
 */
public final class Fingerprint {
  private static final int BYTES = 6;

  private final StringBuilder text = new StringBuilder();
  private final Map<String, Integer> ops = new TreeMap<>();

  private Fingerprint() {}

  /** Behind a slash there is a number for the training form, where that is another (dropout, batch norm). */
  public static String of(Graph inference, Graph training) {
    Fingerprint used = new Fingerprint();
    used.add(inference);
    Fingerprint trained = new Fingerprint();
    trained.add(training);
    String counts = used.ops.entrySet().stream().map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("; "));
    String number = used.number();
    return counts + " #" + number + (trained.number().equals(number) ? "" : "/" + trained.number());
  }

  private void add(Graph graph) {
    for (Value value : graph.values()) {
      if (!value.inputs().isEmpty()) {
        ops.merge(value.op().name(), 1, Integer::sum);
      }
      Lowering meaning = value.op().lower(value);
      text.append(value).append(meaning instanceof Lowering.Repeat ? value.inputs().toString() : Print.call(value))
          .append(value.type()).append('\n');
      if (meaning instanceof Lowering.Repeat repeat) {
        text.append("loop ").append(repeat.walked()).append(' ').append(repeat.carries()).append(' ')
            .append(repeat.extent()).append(' ').append(repeat.backwards()).append('\n');
        add(repeat.body());
        text.append("end\n");
      }
    }
    graph.updates().forEach(u -> text.append(u.path()).append(u.value()).append('\n'));
    graph.results().forEach(r -> text.append(r.name()).append(r.value()).append('\n'));
  }

  private String number() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
