package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.runtime.kernel.Contraction.axis;
import static org.dlm.runtime.kernel.Contraction.window;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every kind of contraction against its definition in double precision, on one to three threads with the same bits. */
class ContractionKindsTest {
  private static final int GUARD = 37;
  private final int before = Pool.threads();
  private final Workspace shared = new Workspace();

  @AfterEach
  void restore() {
    Pool.threads(before);
  }

  @Test
  void matrixProductsInEveryLayout() {
    int[] sizes = {1, 3, 4, 6, 8, 13, 16, 25, 32, 64, 100};
    int[] depths = {1, 3, 8, 25, 64, 100, 207};
    int turn = 0;
    for (int m : sizes) {
      for (int n : sizes) {
        matrix(m, n, depths[turn % depths.length], turn % 8, turn % 3 == 0);
        turn++;
      }
    }
    for (int layout = 0; layout < 8; layout++) {
      matrix(40, 70, 300, layout, false);
      matrix(210, 150, 20, layout, layout % 2 == 0);
      matrix(1, 300, 200, layout, layout % 2 == 0);
      matrix(300, 1, 200, layout, false);
      matrix(10, 12, 5000, layout, layout % 2 == 1);
    }
  }

  /** A weight gradient whose depth is done in stretches, the last one shorter. */
  @Test
  void aLongDepthAcrossBothOperands() {
    for (int accumulate = 0; accumulate < 2; accumulate++) {
      Contraction.Builder product = Contraction.named("weights").row("c", 300).column("b", 140).depth("t", 13)
          .depth("a", 151)
          .left(axis("c", 1), axis("t", 300 * 151), axis("a", 300))
          .right(axis("b", 1), axis("a", 140 * 13), axis("t", 140)).out(axis("c", 140), axis("b", 1));
      assertThat(DepthStretches.of(product.describe()).size()).isGreaterThan(1);
      check(accumulate == 1 ? product.accumulate() : product, 300 * 151 * 13, 140 * 151 * 13, 300 * 140);
    }
  }

  private void matrix(int m, int n, int k, int layout, boolean accumulate) {
    Contraction.Builder product = Contraction.named("m" + m + " n" + n + " k" + k + " layout" + layout)
        .row("m", m).column("n", n).depth("k", k);
    product = (layout & 1) == 0 ? product.left(axis("m", k), axis("k", 1)) : product.left(axis("m", 1), axis("k", m));
    product = (layout & 2) == 0 ? product.right(axis("n", 1), axis("k", n)) : product.right(axis("n", k), axis("k", 1));
    product = (layout & 4) == 0 ? product.out(axis("m", n), axis("n", 1)) : product.out(axis("m", 1), axis("n", m));
    check(accumulate ? product.accumulate() : product, m * k, n * k, m * n);
  }

  @Test
  void nothingToMultiplyOrToSum() {
    for (int zero = 0; zero < 4; zero++) {
      int b = zero == 0 ? 0 : 2;
      int m = zero == 1 ? 0 : 3;
      int n = zero == 2 ? 0 : 5;
      int k = zero == 3 ? 0 : 7;
      for (int accumulate = 0; accumulate < 2; accumulate++) {
        Contraction.Builder product = Contraction.named("zero " + zero)
            .batch("b", b).row("m", m).column("n", n).depth("k", k)
            .left(axis("b", 21), axis("m", 7), axis("k", 1)).right(axis("b", 35), axis("k", 5), axis("n", 1))
            .out(axis("b", 15), axis("m", 5), axis("n", 1));
        check(accumulate == 1 ? product.accumulate() : product, 42, 70, 30);
      }
    }
  }

  @Test
  void batchedProductsAsInAttention() {
    for (int t : new int[] {1, 5, 16, 33, 64}) {
      for (int d : new int[] {4, 13, 32}) {
        int heads = 3;
        int n = 2;
        // q·kᵀ on heads cut out of one matrix of three times heads * d columns
        check(Contraction.named("scores " + t + " " + d).batch("n", n).batch("h", heads).row("i", t).column("j", t)
            .depth("c", d)
            .left(axis("n", t * 3 * heads * d), axis("h", d), axis("i", 3 * heads * d), axis("c", 1))
            .right(axis("n", t * 3 * heads * d), axis("h", d), axis("j", 3 * heads * d), axis("c", 1))
            .out(axis("n", heads * t * t), axis("h", t * t), axis("i", t), axis("j", 1)),
            n * t * 3 * heads * d, n * t * 3 * heads * d, n * heads * t * t);
        // weights · v, written back between the heads
        check(Contraction.named("mix " + t + " " + d).batch("n", n).batch("h", heads).row("i", t).column("c", d)
            .depth("j", t)
            .left(axis("n", heads * t * t), axis("h", t * t), axis("i", t), axis("j", 1))
            .right(axis("n", t * heads * d), axis("h", d), axis("j", heads * d), axis("c", 1))
            .out(axis("n", t * heads * d), axis("i", heads * d), axis("h", d), axis("c", 1)),
            n * heads * t * t, n * t * heads * d, n * t * heads * d);
        // gradient of v: the left operand is read across
        check(Contraction.named("back " + t + " " + d).batch("n", n).batch("h", heads).row("j", t).column("c", d)
            .depth("i", t)
            .left(axis("n", heads * t * t), axis("h", t * t), axis("i", t), axis("j", 1))
            .right(axis("n", t * heads * d), axis("h", d), axis("i", heads * d), axis("c", 1))
            .out(axis("n", t * heads * d), axis("j", heads * d), axis("h", d), axis("c", 1)),
            n * heads * t * t, n * t * heads * d, n * t * heads * d);
      }
    }
  }

  @Test
  void einsumsWithManyAxes() {
    check(Contraction.named("abcd,cdbe->eab").batch("b", 3).row("a", 5).column("e", 7).depth("c", 4).depth("d", 6)
        .left(axis("a", 72), axis("b", 24), axis("c", 6), axis("d", 1))
        .right(axis("c", 126), axis("d", 21), axis("b", 7), axis("e", 1))
        .out(axis("e", 15), axis("a", 3), axis("b", 1)), 360, 504, 105);
    check(Contraction.named("outer product").row("i", 17).column("j", 35).left(axis("i", 1)).right(axis("j", 1))
        .out(axis("i", 35), axis("j", 1)), 17, 35, 595);
    check(Contraction.named("inner product").depth("i", 1000).left(axis("i", 1)).right(axis("i", 1)).out(), 1000, 1000, 1);
    check(Contraction.named("two column axes, not in memory order").row("m", 9).column("p", 3).column("q", 20)
        .depth("k", 30).left(axis("m", 30), axis("k", 1)).right(axis("k", 60), axis("p", 1), axis("q", 3))
        .out(axis("m", 60), axis("p", 1), axis("q", 3)), 270, 1800, 540);
    check(Contraction.named("backwards").row("m", 9).column("n", 40).depth("k", 30)
        .left(axis("m", 30), axis("k", 1)).right(axis("k", 40), axis("n", 1)).out(axis("m", 40), axis("n", 1)),
        270, 1200, 360);
  }

  record Conv(int dims, int n, int groups, int in, int out, int size, int kernel, int stride, int padding, int dilation) {
    int positions() {
      return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    }

    int power(int base) {
      return (int) Math.pow(base, dims);
    }
  }

  private static final Conv[] CONVS = {
    new Conv(2, 3, 1, 1, 6, 28, 5, 1, 2, 1), new Conv(2, 3, 1, 6, 16, 14, 5, 1, 0, 1),
    new Conv(2, 2, 1, 3, 8, 9, 3, 1, 1, 1), new Conv(2, 2, 1, 16, 13, 8, 3, 2, 1, 1),
    new Conv(2, 2, 1, 5, 7, 8, 1, 2, 0, 1), new Conv(2, 2, 1, 4, 4, 11, 3, 1, 2, 2),
    new Conv(2, 2, 2, 6, 4, 10, 3, 1, 1, 1), new Conv(2, 2, 6, 6, 6, 10, 3, 2, 1, 1),
    new Conv(2, 1, 1, 8, 32, 4, 3, 1, 1, 1), new Conv(2, 5, 1, 20, 24, 4, 3, 1, 1, 1),
    new Conv(2, 2, 1, 3, 5, 12, 4, 2, 1, 1), new Conv(2, 2, 1, 2, 3, 13, 3, 3, 0, 2),
    new Conv(1, 2, 1, 5, 9, 50, 7, 1, 3, 1), new Conv(1, 2, 1, 5, 9, 50, 4, 2, 0, 3),
    new Conv(3, 2, 1, 3, 4, 6, 3, 1, 1, 1), new Conv(3, 1, 1, 2, 3, 7, 2, 2, 0, 1),
    // many examples, which may go into the lanes
    new Conv(2, 33, 1, 1, 6, 12, 5, 1, 2, 1), new Conv(2, 16, 1, 6, 16, 9, 5, 1, 0, 1),
    new Conv(2, 32, 2, 6, 8, 7, 3, 2, 1, 1), new Conv(2, 30, 1, 5, 3, 8, 4, 2, 1, 1),
    new Conv(1, 64, 1, 3, 9, 20, 3, 1, 1, 2), new Conv(2, 40, 6, 6, 6, 9, 3, 1, 1, 1),
    new Conv(2, 37, 1, 6, 16, 9, 5, 1, 0, 1), new Conv(2, 21, 1, 1, 6, 14, 5, 1, 2, 1),
    new Conv(2, 8, 1, 9, 12, 4, 4, 2, 1, 1), new Conv(3, 15, 1, 2, 5, 4, 3, 1, 1, 1),
  };

  private static final String[] SPACE = {"z", "y", "x"};
  private static final String[] TAPS = {"kz", "ky", "kx"};

  @Test
  void convolutions() {
    for (Conv c : CONVS) {
      int[] w = {c.in / c.groups * c.power(c.kernel), c.power(c.kernel)};
      Contraction.Builder conv = channels(c, Contraction.named("forward " + c).batch("n", c.n).batch("g", c.groups)
          .row("o", c.out / c.groups).depth("c", c.in / c.groups), "column", "depth");
      check(conv.left(terms(c, true, axis("g", c.out / c.groups * w[0]), axis("o", w[0]), axis("c", w[1])))
          .right(image(c, c.size)).out(result(c)),
          c.out * w[0], c.n * c.in * c.power(c.size), c.n * c.out * c.power(c.positions()));
    }
  }

  @Test
  void weightGradients() {
    for (Conv c : CONVS) {
      int[] w = {c.in / c.groups * c.power(c.kernel), c.power(c.kernel)};
      Contraction.Builder conv = channels(c, Contraction.named("weights " + c).batch("g", c.groups)
          .row("o", c.out / c.groups).column("c", c.in / c.groups).depth("n", c.n), "depth", "column");
      check(conv.left(result(c)).right(image(c, c.size))
          .out(strides(terms(c, true, axis("g", c.out / c.groups * w[0]), axis("o", w[0]), axis("c", w[1])))),
          c.n * c.out * c.power(c.positions()), c.n * c.in * c.power(c.size), c.out * w[0]);
    }
  }

  @Test
  void dataGradientsWhichAreTransposedConvolutions() {
    for (Conv c : CONVS) {
      int[] w = {c.in / c.groups * c.power(c.kernel), c.power(c.kernel)};
      Contraction.Builder conv = Contraction.named("data " + c).batch("n", c.n).batch("g", c.groups)
          .row("c", c.in / c.groups).depth("o", c.out / c.groups);
      for (int d = 3 - c.dims; d < 3; d++) {
        conv.column(SPACE[d], c.size).depth(TAPS[d], c.kernel);
      }
      int positions = c.power(c.positions());
      Term[] right = new Term[c.dims + 3];
      right[0] = axis("n", c.out * positions);
      right[1] = axis("g", c.out / c.groups * positions);
      right[2] = axis("o", positions);
      int elements = 1;
      for (int d = 2; d >= 3 - c.dims; d--) {
        right[d + c.dims] = window(SPACE[d], TAPS[d], c.positions(), elements).dilation(-c.dilation)
            .padding(-c.padding).inputDilation(c.stride);
        elements *= c.positions();
      }
      check(conv.left(terms(c, true, axis("g", c.out / c.groups * w[0]), axis("o", w[0]), axis("c", w[1])))
          .right(right).out(strides(terms(c, false, axis("n", c.in * c.power(c.size)),
              axis("g", c.in / c.groups * c.power(c.size)), axis("c", c.power(c.size))))),
          c.out * w[0], c.n * c.out * positions, c.n * c.in * c.power(c.size));
    }
  }

  /** The few that one core does at a time come out at the same place, whoever does them. */
  @Test
  void examplesByThemselvesAreAddedToWhatIsThere() {
    Conv c = new Conv(2, 35, 1, 6, 16, 9, 5, 1, 0, 1);
    int w = c.in * 25;
    Contraction.Builder forward = channels(c, Contraction.named("forward, added").batch("n", c.n).batch("g", 1)
        .row("o", c.out).depth("c", c.in), "column", "depth").left(terms(c, true, axis("o", w), axis("c", 25)))
        .right(image(c, c.size)).out(result(c)).accumulate();
    assertThat(forward.plan().toString()).contains("examples on a core");
    check(forward, c.out * w, c.n * c.in * 81, c.n * c.out * 25);
    Contraction.Builder weights = channels(c, Contraction.named("weights, added").row("o", c.out).column("c", c.in)
        .depth("n", c.n).batch("g", 1), "depth", "column").left(result(c)).right(image(c, c.size))
        .out(strides(terms(c, true, axis("o", w), axis("c", 25)))).accumulate();
    assertThat(weights.plan().toString()).contains("examples on a core");
    check(weights, c.n * c.out * 25, c.n * c.in * 81, c.out * w);
  }

  /** Images made of points, and their gradients; zeros around where the taps end before the image does. */
  @Test
  void windowsOverSingleElements() {
    for (int n : new int[] {1, 3, 16}) {
      for (int side : new int[] {1, 4, 6}) {
        int pixels = side * side;
        check(Contraction.named("image of a point " + n + " " + side).batch("n", n).row("c", 9).column("y", side)
            .column("x", side).depth("o", 20).depth("ky", 4).depth("kx", 4)
            .left(axis("o", 144), axis("c", 16), axis("ky", 4), axis("kx", 1))
            .right(axis("n", 20), axis("o", 1), window("y", "ky", 1, 1).dilation(-1), window("x", "kx", 1, 1).dilation(-1))
            .out(axis("n", 9 * pixels), axis("c", pixels), axis("y", side), axis("x", 1)), 2880, 20 * n, 9 * pixels * n);
        check(Contraction.named("gradient of its filter " + n + " " + side).row("o", 20).row("ky", 4)
            .row("kx", 4).column("c", 9).depth("n", n).depth("y", side).depth("x", side)
            .left(axis("n", 20), axis("o", 1), window("y", "ky", 1, 1).dilation(-1),
                window("x", "kx", 1, 1).dilation(-1))
            .right(axis("n", 9 * pixels), axis("c", pixels), axis("y", side), axis("x", 1))
            .out(axis("o", 144), axis("c", 16), axis("ky", 4), axis("kx", 1)), 20 * n, 9 * pixels * n, 2880);
        check(Contraction.named("only one tap meets it " + n + " " + side).batch("n", n).row("c", 3)
            .column("y", side).depth("o", 5).depth("ky", 3).left(axis("o", 9), axis("c", 3), axis("ky", 1))
            .right(axis("n", 5), axis("o", 1), window("y", "ky", 1, 1).stride(2).padding(1))
            .out(axis("n", 3 * side), axis("c", side), axis("y", 1)).accumulate(), 45, 5 * n, 3 * side * n);
        check(Contraction.named("none does " + n + " " + side).batch("n", n).row("c", 3).column("y", side).depth("ky", 3)
            .left(axis("c", 3), axis("ky", 1)).right(axis("n", 1), window("y", "ky", 1, 1).padding(9))
            .out(axis("n", 3 * side), axis("c", side), axis("y", 1)), 9, n, 3 * side * n);
      }
    }
  }

  /** Many examples through all phases a few at a time, small images whose lines end before a vector does. */
  @Test
  void phasesOfManyExamples() {
    for (int n : new int[] {5, 16, 35}) {
      for (int channels : new int[] {3, 24}) {
        int rows = channels;
        check(Contraction.named("twice as large " + n + " " + channels).batch("n", n).row("c", rows)
            .column("y", 12).column("x", 12).depth("o", 10).depth("ky", 4).depth("kx", 4)
            .left(axis("o", rows * 16), axis("c", 16), axis("ky", 4), axis("kx", 1))
            .right(axis("n", 360), axis("o", 36), window("y", "ky", 6, 6).dilation(-1).padding(-1).inputDilation(2),
                window("x", "kx", 6, 1).dilation(-1).padding(-1).inputDilation(2))
            .out(axis("n", rows * 144), axis("c", 144), axis("y", 12), axis("x", 1)), rows * 160, 360 * n,
            rows * 144 * n);
      }
    }
  }

  @Test
  void aWindowOnTheLeftAndAnAccumulatedStridedOne() {
    Conv c = new Conv(2, 2, 1, 4, 6, 12, 3, 2, 1, 1);
    check(Contraction.named("window left").batch("n", 2).batch("g", 1).row("y", 6).row("x", 6).column("o", 6).depth("c", 4)
        .depth("ky", 3).depth("kx", 3).left(image(c, 12)).right(axis("o", 36), axis("c", 9), axis("ky", 3), axis("kx", 1))
        .out(axis("n", 216), axis("o", 1), axis("y", 36), axis("x", 6)).accumulate(), 2 * 4 * 144, 216, 432);
    check(Contraction.named("strided twice").column("y", 9).depth("ky", 4).left(axis("ky", 1))
        .right(window("y", "ky", 7, 1).stride(2).dilation(2).padding(3).inputDilation(4)).out(axis("y", 1)).accumulate(),
        4, 7, 9);
    check(Contraction.named("odd places only").column("y", 9).depth("ky", 4).left(axis("ky", 1))
        .right(window("y", "ky", 7, 1).stride(2).dilation(2).padding(3).inputDilation(2)).out(axis("y", 1)), 4, 7, 9);
    check(Contraction.named("both extents in the result").row("m", 3).column("ky", 4).column("y", 9)
        .left(axis("m", 1)).right(window("y", "ky", 7, 1).stride(1).dilation(1).padding(3).inputDilation(2))
        .out(axis("m", 36), axis("ky", 9), axis("y", 1)), 3, 7, 108);
  }

  @Test
  void anImageUnderPlainStrides() {
    int h = 10;
    int w = 14;
    Term[] image = {axis("n", 6 * 14 * w), axis("c", 14 * w), axis("y", w), axis("ky", w), axis("x", 1), axis("kx", 1)};
    check(Contraction.named("forward").batch("n", 3).row("o", 16).column("y", h).column("x", h).depth("c", 6)
        .depth("ky", 5).depth("kx", 5).left(axis("o", 150), axis("c", 25), axis("ky", 5), axis("kx", 1)).right(image)
        .out(axis("n", 1600), axis("o", 100), axis("y", 10), axis("x", 1)), 2400, 3 * 6 * 14 * w, 4800);
    check(Contraction.named("weights").row("o", 16).column("c", 6).column("ky", 5).column("kx", 5).depth("n", 3)
        .depth("y", h).depth("x", h).left(axis("n", 1600), axis("o", 100), axis("y", 10), axis("x", 1)).right(image)
        .out(axis("o", 150), axis("c", 25), axis("ky", 5), axis("kx", 1)), 4800, 3 * 6 * 14 * w, 2400);
  }

  @Test
  void gapsThatBelongToSomebodyElseAreNotRead() {
    // Columns 10 .. 13 of a wider matrix are not the operand's: NaN there must not reach any sum.
    float[] left = new float[64];
    float[] right = new float[40 * 14];
    java.util.Arrays.fill(right, Float.NaN);
    for (int y = 0; y < 40; y++) {
      java.util.Arrays.fill(right, y * 14, y * 14 + 10, 1);
    }
    java.util.Arrays.fill(left, 1);
    float[] out = new float[1];
    Contraction.named("cut").depth("y", 40).depth("x", 10).left().right(axis("y", 14), axis("x", 1)).out().plan()
        .run(left, 0, right, 0, out, 0, null);
    assertThat(out[0]).isEqualTo(400);
    float[] row = new float[400];
    Contraction.named("cut").column("y", 40).column("x", 10).left().right(axis("y", 14), axis("x", 1))
        .out(axis("y", 10), axis("x", 1)).plan().run(left, 0, right, 0, row, 0, null);
    assertThat(row).containsOnly(1);
  }

  private static Contraction.Builder channels(Conv c, Contraction.Builder builder, String space, String taps) {
    for (int d = 3 - c.dims; d < 3; d++) {
      builder = space.equals("column") ? builder.column(SPACE[d], c.positions()) : builder.depth(SPACE[d], c.positions());
    }
    for (int d = 3 - c.dims; d < 3; d++) {
      builder = taps.equals("column") ? builder.column(TAPS[d], c.kernel) : builder.depth(TAPS[d], c.kernel);
    }
    return builder;
  }

  private static Term[] image(Conv c, int size) {
    Term[] terms = new Term[c.dims + 3];
    terms[0] = axis("n", c.in * c.power(size));
    terms[1] = axis("g", c.in / c.groups * c.power(size));
    terms[2] = axis("c", c.power(size));
    int elements = 1;
    for (int d = 2; d >= 3 - c.dims; d--) {
      terms[d + c.dims] = window(SPACE[d], TAPS[d], size, elements).stride(c.stride).padding(c.padding)
          .dilation(c.dilation);
      elements *= size;
    }
    return terms;
  }

  /** Given strides, then those of the taps, or else of the image, in memory order. */
  private static Term[] terms(Conv c, boolean taps, Term.Stride... given) {
    Term[] terms = new Term[given.length + c.dims];
    System.arraycopy(given, 0, terms, 0, given.length);
    int elements = 1;
    for (int d = 2; d >= 3 - c.dims; d--) {
      terms[given.length + d - 3 + c.dims] = axis(taps ? TAPS[d] : SPACE[d], elements);
      elements *= taps ? c.kernel : c.size;
    }
    return terms;
  }

  private static Term.Stride[] result(Conv c) {
    Term.Stride[] terms = new Term.Stride[c.dims + 3];
    int positions = c.power(c.positions());
    terms[0] = axis("n", c.out * positions);
    terms[1] = axis("g", c.out / c.groups * positions);
    terms[2] = axis("o", positions);
    int elements = 1;
    for (int d = 2; d >= 3 - c.dims; d--) {
      terms[d + c.dims] = axis(SPACE[d], elements);
      elements *= c.positions();
    }
    return terms;
  }

  private static Term.Stride[] strides(Term[] terms) {
    Term.Stride[] strides = new Term.Stride[terms.length];
    System.arraycopy(terms, 0, strides, 0, terms.length);
    return strides;
  }

  private void check(Contraction.Builder builder, int leftSize, int rightSize, int outSize) {
    Contraction.Description description = builder.describe();
    Random random = new Random(leftSize * 31L + rightSize);
    // Exact sizes: whoever reads past an operand's end falls over.
    float[] left = random(random, GUARD + leftSize);
    float[] right = random(random, GUARD + rightSize);
    float[] start = random(random, GUARD + outSize + GUARD);
    double[] expected = PlainContraction.run(description, left, GUARD, right, GUARD, start, GUARD);
    int[][][] places = PlainContraction.places(description, GUARD);
    float[] first = null;
    for (int turn = 0; turn < 9; turn++) {
      int threads = Math.min(turn + 1, 3);
      Pool.threads(threads);
      Contraction contraction = switch (turn) {
        case 3, 4, 5 -> builder.keptLeft().plan(shared);
        case 6, 7, 8 -> builder.keptRight().plan(shared);
        default -> builder.plan(shared);
      };
      if (turn >= 3) {
        // Kept, then as if it might change, then no longer kept: how it runs is decided alike, with the same bits.
        first = turn % 3 == 0 ? null : first;
        if (turn % 3 != 1) {
          contraction.keep(turn < 6 ? left : right, GUARD);
        }
        if (turn % 3 == 2) {
          contraction.keep(false, null, 0);
        }
        // What is kept must not lie where others work.
        Arrays.fill(shared.floats(), Float.NaN);
      }
      float[] out = start.clone();
      float[] ended = new float[out.length];
      float[] target = out;
      contraction.run(left, GUARD, right, GUARD, out, GUARD, (b, rowFrom, rowTo, columnFrom, columnTo) -> {
        for (int row = rowFrom; row < rowTo; row++) {
          for (int column = columnFrom; column < columnTo; column++) {
            int place = places[b][row][column];
            ended[place]++;
            target[place] = target[place] * 2;
          }
        }
      });
      for (int i = 0; i < out.length; i++) {
        if (Double.isNaN(expected[i])) {
          assertThat(out[i]).as("%s: element %s is none of the result", description.name(), i - GUARD).isEqualTo(start[i]);
        } else if (ended[i] != 1 || Math.abs(out[i] - 2 * expected[i]) > 1e-4 * (1 + Math.abs(expected[i]))) {
          assertThat(out[i] / 2).as("%s: element %s, ended %s times, %s threads", description.name(), i - GUARD, ended[i],
              threads).isEqualTo((float) expected[i]);
          assertThat(ended[i]).isEqualTo(1);
        }
      }
      first = first == null ? out : first;
      assertThat(out).as("%s: %s threads", description.name(), threads).isEqualTo(first);
    }
  }

  private static float[] random(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
