package org.dlm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.audio.SpectrogramFormat;
import org.dlm.runtime.data.text.Vocabulary;
import org.junit.jupiter.api.Test;

/** A checkpoint that knows nonsense of its data is told as damaged, with what it says. */
class DamagedFactsTest {
  private static final Map<String, String> SOUND = Map.of("rate", "8000", "mels", "8", "window", "0.025", "hop", "0.01");

  private static Map<String, String> with(String name, String value) {
    Map<String, String> facts = new HashMap<>(SOUND);
    facts.put(name, value);
    return facts;
  }

  @Test
  void soundsNeedNumbersThatMakeWindows() {
    assertThat(SpectrogramFormat.of(SOUND)).isPresent();
    for (String name : SOUND.keySet()) {
      for (String value : new String[] {"", "x", "-1", "0", "NaN", "1e300"}) {
        assertThatThrownBy(() -> SpectrogramFormat.of(with(name, value))).as(name + " = " + value)
            .isInstanceOf(InputProblem.class).hasMessageContaining("`" + name + "` is `" + value + "`");
      }
    }
  }

  @Test
  void scalesAreAsManyAsMeans() {
    assertThat(Normalization.of(Map.of("mean", "1 2", "scale", "3 4"))).isNotNull();
    for (String scale : new String[] {"", "x y", "3"}) {
      assertThatThrownBy(() -> Normalization.of(Map.of("mean", "1 2", "scale", scale))).as(scale)
          .isInstanceOf(InputProblem.class).hasMessageContaining("`scale` is `" + scale + "`");
    }
  }

  @Test
  void aVocabularyHasTokens() {
    assertThatThrownBy(() -> Vocabulary.of(Map.of("tokens", "characters", "vocabulary", "")))
        .isInstanceOf(InputProblem.class).hasMessageContaining("the weights are damaged");
  }
}
