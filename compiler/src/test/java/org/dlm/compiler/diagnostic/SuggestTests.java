package org.dlm.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestTests {
  private static final List<String> KNOWN = List.of("padding", "stride", "relu", "relu6", "gelu", "x", "in", "tanh");

  @Test
  void findsNamesNearEnoughNearestFirst() {
    assertThat(Suggest.closest("pading", KNOWN)).containsExactly("padding");
    assertThat(Suggest.closest("relu5", KNOWN)).containsExactly("relu", "relu6", "gelu");
    assertThat(Suggest.closest("tahn", KNOWN)).containsExactly("tanh");
    assertThat(Suggest.closest("ni", KNOWN)).containsExactly("in");
    assertThat(Suggest.closest("y", KNOWN)).isEmpty();
    assertThat(Suggest.closest("dilation", KNOWN)).isEmpty();
  }

  @Test
  void countsASwapOfNeighboursOnce() {
    assertThat(Suggest.distance("tahn", "tanh")).isEqualTo(1);
    assertThat(Suggest.distance("ca", "abc")).isEqualTo(3);
    assertThat(Suggest.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void asksInWords() {
    assertThat(Suggest.didYouMean("relu5", KNOWN)).isEqualTo("did you mean `relu`, `relu6` or `gelu`?");
    assertThat(Suggest.didYouMean("pading", KNOWN)).isEqualTo("did you mean `padding`?");
    assertThat(Suggest.didYouMean("zzzzz", KNOWN)).isEmpty();
  }
}
