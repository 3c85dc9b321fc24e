package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dlm.runtime.kernel.Contraction.axis;
import static org.dlm.runtime.kernel.Contraction.window;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class ContractionTest {
  @Test
  void aMatrixProduct() {
    float[] out = new float[4];
    Contraction.named("product").row("m", 2).column("n", 2).depth("k", 3)
        .left(axis("m", 3), axis("k", 1)).right(axis("k", 2), axis("n", 1)).out(axis("m", 2), axis("n", 1)).plan()
        .run(new float[] {1, 2, 3, 4, 5, 6}, 0, new float[] {0, 1, 2, 3, 4, 5, 6}, 1, out, 0, null);
    assertThat(out).containsExactly(22, 28, 49, 64);
  }

  @Test
  void aConvolutionWithPaddingAndStride() {
    float[] out = new float[3];
    Contraction.named("conv").column("x", 3).depth("k", 3)
        .left(axis("k", 1)).right(window("x", "k", 5, 1).stride(2).padding(1)).out(axis("x", 1)).plan()
        .run(new float[] {1, 10, 100}, 0, new float[] {1, 2, 3, 4, 5}, 0, out, 0, null);
    assertThat(out).containsExactly(210, 432, 54);
  }

  /** Of four taps two meet an element each. */
  @Test
  void insertedZerosAreNoWork() {
    Contraction transposed = Contraction.named("up").column("x", 16).depth("k", 4).left(axis("k", 1))
        .right(window("x", "k", 8, 1).dilation(-1).padding(-1).inputDilation(2)).out(axis("x", 1)).plan();
    assertThat(transposed.multiplyAdds()).isEqualTo(16 * 2);
    assertThat(transposed.toString()).isNotBlank();
  }

  /** Few channels and many examples: lanes along a line of the image would be half empty. */
  @Test
  void smallImagesOfALargeBatchLieInTheLanes() {
    assumeTrue(TileKernels.CHOSEN.lanes() == 16);
    Contraction forward = Contraction.named("conv").batch("n", 64).row("o", 16).column("y", 10).column("x", 10)
        .depth("c", 6).depth("ky", 5).depth("kx", 5)
        .left(axis("o", 150), axis("c", 25), axis("ky", 5), axis("kx", 1))
        .right(axis("n", 1176), axis("c", 196), window("y", "ky", 14, 14), window("x", "kx", 14, 1))
        .out(axis("n", 1600), axis("o", 100), axis("y", 10), axis("x", 1)).plan();
    assertThat(forward.toString()).isEqualTo("4 times 16 examples on a core: batch in the lanes, 1x1 pieces");
    Contraction weights = Contraction.named("gradient").row("o", 16).column("c", 6).column("ky", 5).column("kx", 5)
        .depth("n", 64).depth("y", 10).depth("x", 10)
        .left(axis("n", 1600), axis("o", 100), axis("y", 10), axis("x", 1))
        .right(axis("n", 1176), axis("c", 196), window("y", "ky", 14, 14), window("x", "kx", 14, 1))
        .out(axis("o", 150), axis("c", 25), axis("ky", 5), axis("kx", 1)).plan();
    assertThat(weights.toString()).startsWith("4 times 16 examples on a core: columns in the lanes");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> Contraction.named("huge").row("m", 70_000).row("n", 70_000).left(axis("m", 1), axis("n", 1))
        .out(axis("m", 1), axis("n", 1)).plan())
        .hasMessage("huge: too large, its places or its scratch memory exceed 2^31 floats");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Contraction.named("p").row("m", 2).column("n", 2).out(axis("m", 1)).plan())
        .hasMessage("p: out does not say where axis n goes");
    assertThatThrownBy(() -> Contraction.named("p").row("m", 2).row("m", 2)).hasMessage("p: axis m is named twice");
    assertThatThrownBy(() -> Contraction.named("p").row("m", 2).left(axis("q", 1)).out(axis("m", 1)).plan())
        .hasMessage("p: left names axis q, which was not declared");
    assertThatThrownBy(() -> Contraction.named("p").column("n", 2).left(axis("n", 1)).out(axis("n", 1)).plan())
        .hasMessage("p: left names axis n, but a column axis does not move it");
    assertThatThrownBy(() -> Contraction.named("p").depth("k", 2).out(axis("k", 1)).plan())
        .hasMessage("p: out names axis k, but a depth axis does not move it");
  }
}
