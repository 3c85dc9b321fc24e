package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.runtime.kernel.Contraction.axis;
import static org.dlm.runtime.kernel.Contraction.window;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Convolutions by Winograd's algorithm, whatever it costs, against their definition in double precision. */
class ContractionByWinogradTest {
  private static final int GUARD = 37;
  private final int before = Pool.threads();
  private final boolean exactBefore = Exactness.exact();
  private final Workspace shared = new Workspace();

  @AfterEach
  void restore() {
    Pool.threads(before);
    Exactness.exact(exactBefore);
  }

  private record Conv(int n, int in, int out, int height, int width, int padding) {
    int high() {
      return height + 2 * padding - 2;
    }

    int wide() {
      return width + 2 * padding - 2;
    }
  }

  private static final Conv[] CONVS = {
    new Conv(2, 3, 5, 8, 8, 1), new Conv(1, 16, 33, 4, 4, 1), new Conv(3, 20, 8, 9, 13, 1),
    new Conv(2, 7, 40, 6, 5, 0), new Conv(1, 2, 3, 1, 1, 1), new Conv(2, 5, 4, 3, 70, 2), new Conv(1, 300, 4, 5, 6, 1),
    new Conv(1, 36, 4, 3, 300, 1),
    new Conv(5, 17, 70, 4, 8, 1), new Conv(2, 70, 130, 4, 9, 1), new Conv(33, 2, 4, 5, 4, 1),
  };

  @Test
  void convolutions() {
    for (Conv c : CONVS) {
      check(forward(c), c.out * c.in * 9, c.n * c.in * c.height * c.width, c.n * c.out * c.high() * c.wide());
      check(forward(c).accumulate(), c.out * c.in * 9, c.n * c.in * c.height * c.width,
          c.n * c.out * c.high() * c.wide());
    }
  }

  private static Contraction.Builder forward(Conv c) {
    return Contraction.named("forward " + c).batch("n", c.n).row("o", c.out).column("y", c.high())
        .column("x", c.wide()).depth("c", c.in).depth("ky", 3).depth("kx", 3)
        .left(axis("o", c.in * 9), axis("c", 9), axis("ky", 3), axis("kx", 1))
        .right(axis("n", c.in * c.height * c.width), axis("c", c.height * c.width),
            window("y", "ky", c.height, c.width).padding(c.padding), window("x", "kx", c.width, 1).padding(c.padding))
        .out(axis("n", c.out * c.high() * c.wide()), axis("o", c.high() * c.wide()), axis("y", c.wide()),
            axis("x", 1));
  }

  @Test
  void dataGradients() {
    for (Conv c : CONVS) {
      check(Contraction.named("data " + c).batch("n", c.n).row("c", c.in).column("y", c.height).column("x", c.width)
          .depth("o", c.out).depth("ky", 3).depth("kx", 3)
          .left(axis("o", c.in * 9), axis("c", 9), axis("ky", 3), axis("kx", 1))
          .right(axis("n", c.out * c.high() * c.wide()), axis("o", c.high() * c.wide()),
              window("y", "ky", c.high(), c.wide()).dilation(-1).padding(-c.padding),
              window("x", "kx", c.wide(), 1).dilation(-1).padding(-c.padding))
          .out(axis("n", c.in * c.height * c.width), axis("c", c.height * c.width), axis("y", c.width), axis("x", 1)),
          c.out * c.in * 9, c.n * c.out * c.high() * c.wide(), c.n * c.in * c.height * c.width);
    }
  }

  @Test
  void filterGradients() {
    for (Conv c : CONVS) {
      check(gradient(c), c.n * c.out * c.high() * c.wide(), c.n * c.in * c.height * c.width, c.out * c.in * 9);
    }
    Conv manyTiles = new Conv(3, 5, 9, 40, 41, 1);
    check(gradient(manyTiles).accumulate(), 3 * 9 * 40 * 41, 3 * 5 * 40 * 41, 9 * 5 * 9);
  }

  private static Contraction.Builder gradient(Conv c) {
    return Contraction.named("filter " + c).row("o", c.out).column("c", c.in).column("ky", 3).column("kx", 3)
        .depth("n", c.n).depth("y", c.high()).depth("x", c.wide())
        .left(axis("n", c.out * c.high() * c.wide()), axis("o", c.high() * c.wide()), axis("y", c.wide()), axis("x", 1))
        .right(axis("n", c.in * c.height * c.width), axis("c", c.height * c.width),
            window("y", "ky", c.height, c.width).padding(c.padding), window("x", "kx", c.width, 1).padding(c.padding))
        .out(axis("o", c.in * 9), axis("c", 9), axis("ky", 3), axis("kx", 1));
  }

  @Test
  void anImageOnTheLeftWithChannelsLast() {
    check(Contraction.named("channels last").batch("n", 2).row("y", 7).row("x", 6).column("o", 9).depth("ky", 3)
        .depth("kx", 3).depth("c", 4)
        .left(axis("n", 7 * 6 * 4), axis("c", 1), window("y", "ky", 7, 24).padding(1),
            window("x", "kx", 6, 4).padding(1))
        .right(axis("o", 1), axis("ky", 108), axis("kx", 36), axis("c", 9))
        .out(axis("n", 7 * 6 * 9), axis("y", 54), axis("x", 9), axis("o", 1)), 2 * 7 * 6 * 4, 9 * 36, 2 * 7 * 6 * 9);
  }

  @Test
  void whatIsNoSuchConvolution() {
    Conv c = CONVS[0];
    assertThat(WinogradForm.of(forward(c).right(axis("n", 192), axis("c", 64),
        window("y", "ky", 8, 8).stride(2).padding(1), window("x", "kx", 8, 1).padding(1)).describe())).isNull();
    assertThat(WinogradForm.of(forward(c).right(axis("n", 192), axis("c", 64),
        window("y", "ky", 8, 8).dilation(2).padding(1), window("x", "kx", 8, 1).padding(1)).describe())).isNull();
    assertThat(WinogradForm.of(forward(c).left(axis("n", 135), axis("o", 27), axis("c", 9), axis("ky", 3),
        axis("kx", 1)).describe())).isNull();
    assertThat(WinogradForm.of(Contraction.named("product").row("m", 4).column("n", 4).depth("k", 3)
        .left(axis("m", 3), axis("k", 1)).right(axis("n", 3), axis("k", 1)).out(axis("m", 4), axis("n", 1)).describe()))
        .isNull();
  }

  @Test
  void exactlyMeansDirectly() {
    Contraction.Description description = forward(new Conv(16, 64, 64, 32, 32, 1)).describe();
    assertThat(Planner.route(description, shared, false)).isInstanceOf(WinogradRoute.class);
    Exactness.exact(true);
    assertThat(Planner.route(description, shared, false)).isNotInstanceOf(WinogradRoute.class);
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
    Route route = route(description);
    float[] first = null;
    for (int threads = 1; threads <= 3; threads++) {
      Pool.threads(threads);
      float[] out = start.clone();
      int[] ended = new int[out.length];
      route.run(left, GUARD, right, GUARD, out, GUARD, (b, rowFrom, rowTo, columnFrom, columnTo) -> {
        for (int row = rowFrom; row < rowTo; row++) {
          for (int column = columnFrom; column < columnTo; column++) {
            ended[places[b][row][column]]++;
            out[places[b][row][column]] *= 2;
          }
        }
      });
      compare(description.name(), start, expected, out, ended);
      first = first == null ? out : first;
      assertThat(out).as("%s: %s threads", description.name(), threads).isEqualTo(first);
    }
  }

  private Route route(Contraction.Description description) {
    Route route = WinogradRoute.of(description, shared, description.accumulate());
    route = route == null ? WinogradFilterRoute.of(description, shared, description.accumulate()) : route;
    assertThat(route).as(description.name()).isNotNull();
    shared.reserve(Math.toIntExact(route.workspaceFloats()));
    return route;
  }

  private static void compare(String name, float[] start, double[] expected, float[] out, int[] ended) {
    double scale = 1;
    for (double value : expected) {
      scale = Double.isNaN(value) ? scale : Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < out.length; i++) {
      if (Double.isNaN(expected[i])) {
        assertThat(out[i]).as("%s: element %s is none of the result", name, i - GUARD).isEqualTo(start[i]);
      } else {
        if (Math.abs(out[i] / 2 - expected[i]) > 1e-5 * scale) {
          assertThat(out[i] / 2).as("%s: element %s", name, i - GUARD).isEqualTo((float) expected[i]);
        }
        assertThat(ended[i]).as("%s: element %s ended", name, i - GUARD).isEqualTo(1);
      }
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
