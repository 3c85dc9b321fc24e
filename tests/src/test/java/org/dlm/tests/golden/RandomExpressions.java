package org.dlm.tests.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes functions at random: chains of pointwise work, reductions, windows and moves over tensors of a few shapes. Numbers
 * stay small, so that rounding does not decide between two sides of a maximum.
 */
final class RandomExpressions {
  /** A local variable; dims are numbers, or N. */
  private record Term(String name, List<String> dims) {
    boolean isFixed(int axis) {
      return !dims.get(axis).equals("N");
    }

    int size(int axis) {
      return Integer.parseInt(dims.get(axis));
    }
  }

  private static final List<String> UNARY = List.of("tanh(%s)", "sigmoid(%s)", "sin(%s)", "cos(%s)", "erf(%s)", "abs(%s)",
      "relu(%s)", "sqrt(abs(%s) + 1.0)", "log(%1$s * %1$s + 1.0)", "-%s", "%1$s * %1$s * 0.3", "expm1(tanh(%s))",
      "exp(-abs(%s))", "1.0 / (abs(%s) + 1.0)", "sign(%s) * 0.5", "min(%s, 0.4)", "rsqrt(%1$s * %1$s + 1.0)");
  private static final List<String> BINARY = List.of("%s + %s", "%s - %s", "%s * %s", "max(%s, %s)", "min(%s, %s)",
      "%s / (abs(%s) + 1.0)", "select(%1$s < %2$s, %1$s, %2$s * 0.5)", "select(%2$s >= 0.1, %1$s, 0.2)",
      "select(logical_and(%1$s > -0.2, %2$s > -0.2), %1$s * 0.5, %2$s)");

  private final Random random;
  private final int rows;
  private final int columns;
  private final List<Term> terms = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  private RandomExpressions(long seed, int rows, int columns) {
    random = new Random(seed);
    this.rows = rows;
    this.columns = columns;
  }

  /** A model with {@code functions} functions of inputs {@code [N, rows, columns]}. */
  static String model(long seed, int functions, int rows, int columns) {
    StringBuilder text = new StringBuilder("package random\nlayer Body {\n");
    text.append("  param w: [%d, %d] = ones\n  param v: [%2$d] = ones\n".formatted(rows, columns));
    for (int i = 0; i < functions; i++) {
      text.append(new RandomExpressions(seed * 1000 + i, rows, columns).function("f" + i, i % 3 > 0));
    }
    return text.append("}\nmodel Chosen = Body()\n").toString();
  }

  private String function(String name, boolean scalar) {
    List<String> input = List.of("N", rows + "", columns + "");
    terms.add(new Term("x", input));
    terms.add(new Term("y", input));
    terms.add(new Term("w", input.subList(1, 3)));
    terms.add(new Term("v", input.subList(2, 3)));
    int steps = 4 + random.nextInt(6);
    while (steps > 0) {
      if (step()) {
        steps--;
      }
    }
    String last = terms.getLast().name();
    boolean mean = scalar || terms.getLast().dims().isEmpty();
    String type = "[N, %d, %d]".formatted(rows, columns);
    return "  fn %s(x: %s, y: %2$s) -> %s {\n%s    return %s\n  }\n".formatted(name, type, mean ? "[]" : "_", body,
        mean ? "mean(" + last + " * cos(" + last + ")) + mean(x * w + v) * 0.01" : last);
  }

  private Term any() {
    // mostly what was computed last, so that chains become long
    return random.nextInt(3) > 0 ? terms.getLast() : terms.get(random.nextInt(terms.size()));
  }

  private boolean add(String expression, List<String> dims) {
    String name = "t" + terms.size();
    body.append("    ").append(name).append(" = ").append(expression).append('\n');
    terms.add(new Term(name, List.copyOf(dims)));
    return true;
  }

  private boolean step() {
    Term of = any();
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> add(pick(UNARY).formatted(of.name()), of.dims());
      case 3, 4, 5 -> binary(of);
      case 6, 7 -> reduced(of);
      case 8, 9 -> moved(of);
      case 10 -> windowed(of);
      default -> multiplied(of);
    };
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private boolean binary(Term a) {
    List<Term> fitting = terms.stream().filter(t -> t.dims().size() <= a.dims().size()).filter(t ->
        IntStream.range(0, t.dims().size()).allMatch(i -> {
          String there = a.dims().get(a.dims().size() - t.dims().size() + i);
          return t.dims().get(i).equals(there) || t.dims().get(i).equals("1");
        })).toList();
    return add(pick(BINARY).formatted(a.name(), pick(fitting).name()), a.dims());
  }

  private boolean reduced(Term of) {
    int rank = of.dims().size();
    if (rank == 0) {
      return false;
    }
    int axis = random.nextInt(rank);
    if (random.nextInt(4) == 0) {
      return add("softmax(%s, axis = %d)".formatted(of.name(), axis), of.dims());
    }
    List<Integer> axes = new ArrayList<>(List.of(axis));
    if (rank > 1 && random.nextInt(3) == 0) {
      axes.add((axis + 1) % rank);
    }
    boolean keep = random.nextBoolean();
    List<String> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (!axes.contains(i)) {
        dims.add(of.dims().get(i));
      } else if (keep) {
        dims.add("1");
      }
    }
    String form = pick(List.of("mean(%s, axes = %s, keep = %s)", "sum(%s, axes = %s, keep = %s) * 0.2",
        "amax(%s, axes = %s, keep = %s)", "amin(%s, axes = %s, keep = %s)"));
    return add(form.formatted(of.name(), axes, keep), dims);
  }

  private boolean moved(Term of) {
    int rank = of.dims().size();
    if (rank == 0) {
      return false;
    }
    int axis = random.nextInt(rank);
    List<String> dims = new ArrayList<>(of.dims());
    switch (random.nextInt(8)) {
      case 0 -> {
        List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(order, random);
        return add("permute(%s, %s)".formatted(of.name(), order), order.stream().map(of.dims()::get).toList());
      }
      case 1 -> {
        return add("flip(%s, [%d])".formatted(of.name(), axis), dims);
      }
      case 2 -> {
        return add("cumsum(%s, axis = %d) * 0.2".formatted(of.name(), axis), dims);
      }
      case 3 -> {
        dims.add(axis, "1");
        return dims.size() <= 4 && add("unsqueeze(%s, %d)".formatted(of.name(), axis), dims);
      }
      case 4 -> {
        return merged(of);
      }
      default -> {
        return of.isFixed(axis) && resized(of, axis, dims);
      }
    }
  }

  private boolean resized(Term of, int axis, List<String> dims) {
    int size = of.size(axis);
    switch (random.nextInt(3)) {
      case 0 -> {
        int from = random.nextInt(size);
        int to = from + 1 + random.nextInt(size - from);
        dims.set(axis, "" + (to - from));
        String at = IntStream.range(0, dims.size()).mapToObj(i -> i == axis ? from + ":" + to : ":")
            .collect(Collectors.joining(", "));
        return add("%s[%s]".formatted(of.name(), at), dims);
      }
      case 1 -> {
        int low = random.nextInt(3);
        int high = random.nextInt(3);
        dims.set(axis, "" + (size + low + high));
        int[] lows = new int[dims.size()];
        int[] highs = new int[dims.size()];
        lows[axis] = low;
        highs[axis] = high;
        return add("pad(%s, %s, %s, value = %s)".formatted(of.name(), java.util.Arrays.toString(lows),
            java.util.Arrays.toString(highs), random.nextBoolean() ? "0.0" : "0.5"), dims);
      }
      default -> {
        List<Term> same = terms.stream().filter(t -> t.dims().equals(of.dims())).toList();
        dims.set(axis, "" + 2 * size);
        return size < 200
            && add("concat([%s, %s], axis = %d)".formatted(of.name(), pick(same).name(), axis), dims);
      }
    }
  }

  private boolean merged(Term of) {
    int rank = of.dims().size();
    for (int i = 0; i + 1 < rank; i++) {
      if (of.isFixed(i) && of.isFixed(i + 1)) {
        List<String> dims = new ArrayList<>(of.dims());
        dims.set(i, "" + of.size(i) * of.size(i + 1));
        dims.remove(i + 1);
        return add("reshape(%s, [%s])".formatted(of.name(), String.join(", ", dims)), dims);
      }
    }
    return false;
  }

  private boolean windowed(Term of) {
    int last = of.dims().size() - 1;
    if (last < 1 || !of.isFixed(last) || of.size(last) < 3) {
      return false;
    }
    int kernel = 2 + random.nextInt(2);
    int stride = 1 + random.nextInt(3);
    int padding = random.nextInt(2);
    List<String> dims = new ArrayList<>(of.dims());
    dims.set(last, "" + ((of.size(last) + 2 * padding - kernel) / stride + 1));
    String form = pick(List.of("max_pool1d(%s, %d, stride = %d, padding = %d)",
        "sum_pool1d(%s, %d, stride = %d, padding = %d) * 0.3"));
    return add(form.formatted(of.name(), kernel, stride, padding), dims);
  }

  private boolean multiplied(Term of) {
    if (!of.dims().equals(terms.getFirst().dims())) {
      return false;
    }
    return switch (random.nextInt(3)) {
      case 0 -> add("einsum(%s, w, pattern = \"n a b, a b -> n a\") * 0.1".formatted(of.name()), of.dims().subList(0, 2));
      case 1 -> add("einsum(%s, w, pattern = \"n a b, c b -> n a c\") * 0.1".formatted(of.name()),
          List.of("N", "" + rows, "" + rows));
      default -> add("einsum(%s, y, pattern = \"n a b, n c b -> n c a\") * 0.1".formatted(of.name()),
          List.of("N", "" + rows, "" + rows));
    };
  }
}
