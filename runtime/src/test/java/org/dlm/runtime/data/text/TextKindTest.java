package org.dlm.runtime.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Example;
import org.dlm.runtime.data.PassOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextKindTest {
  private static final String TEXT = "low low low low low lower lower newest newest newest newest newest newest widest"
      + " widest widest, naïve 😀 Größe\n";

  @TempDir Path folder;

  private String file(String text) throws IOException {
    return "text:" + Files.writeString(folder.resolve("t.txt"), text);
  }

  private static Vocabulary vocabulary(DataSet set) {
    return Vocabulary.of(set.facts()).orElseThrow();
  }

  private static void refused(String spec, String... parts) {
    assertThatThrownBy(() -> DataSources.open(spec)).isInstanceOf(InputProblem.class).hasMessageContainingAll(parts);
  }

  @Test
  void aWindowIsFollowedByItsNextTokens() throws IOException {
    DataSet set = DataSources.open(file("abcdefghij".repeat(10)) + ",sequence=4,test=0.2");
    assertThat(set.train().count()).isEqualTo(19);
    assertThat(set.test().count()).isEqualTo(4);
    assertThat(set.validation()).isSameAs(set.test());
    Example example = new Example(set.columns());
    try (DataSource.Pass pass = set.test().pass(PassOrder.AS_THEY_COME)) {
      pass.next(example);
      pass.next(example);
    }
    assertThat(vocabulary(set).decode(example.ints(0)) + vocabulary(set).decode(example.ints(1))).isEqualTo("efghfghi");
    assertThat(set.columns().getFirst().limit()).isEqualTo(10);
  }

  @Test
  void windowsBeginAnywhereInTrainingAndOnlyInTraining() throws IOException {
    DataSet set = DataSources.open(file("abcdefghij".repeat(100)) + ",sequence=10,target=last,validation=0.1");
    assertThat(set.columns().get(1).shape()).isEmpty();
    Example example = new Example(set.columns());
    Set<Integer> first = new HashSet<>();
    for (PassOrder order : new PassOrder[] {PassOrder.shuffled(1, 0), PassOrder.AS_THEY_COME}) {
      first.clear();
      try (DataSource.Pass pass = set.train().pass(order)) {
        for (int i = 0; i < set.train().count(); i++) {
          pass.next(example);
          first.add(example.ints(0)[0]);
          assertThat(example.ints(1)[0]).isEqualTo(example.ints(0)[0]);
        }
      }
      assertThat(first.size()).isEqualTo(order.shuffled() ? 10 : 1);
    }
    assertThat(set.validation()).isNotSameAs(set.test());
    assertThat(set.validation().count()).isEqualTo(9);
  }

  @Test
  void whatIsEncodedIsDecoded() throws IOException {
    for (String tokens : new String[] {"characters", "bpe,vocabulary=300"}) {
      DataSet set = DataSources.open(file(TEXT.repeat(3)) + ",sequence=5,tokens=" + tokens);
      Vocabulary vocabulary = vocabulary(set);
      assertThat(vocabulary.decode(vocabulary.encode(TEXT))).isEqualTo(TEXT);
      assertThat(vocabulary.size()).isEqualTo(set.columns().getFirst().limit());
    }
    Vocabulary words = vocabulary(DataSources.open(file(TEXT.repeat(3)) + ",sequence=5,tokens=words,vocabulary=7"));
    assertThat(words.decode(words.encode("low lower, Bob\nlow"))).isEqualTo("low lower, <unknown>\nlow");
    assertThat(words.size()).isEqualTo(7);
    assertThat(words.decode(IntStream.range(0, 3).toArray())).isEqualTo("<unknown> newest low");
  }

  @Test
  void theMostFrequentPairsAreJoinedFirst() {
    BytePairs.Collector collector = new BytePairs.Collector();
    Arrays.asList("low", "low", "low", "low", "low", "lower", "lower", "newest", "newest", "newest", "newest", "newest",
        "newest", "widest", "widest", "widest").forEach(collector::take);
    BytePairs made = collector.made(256 + 10);
    // The example of the paper: es, est, lo, low, ...
    assertThat(made.tokens().subList(256, 260)).containsExactly("es", "est", "lo", "low");
    assertThat(made.encode("lowest")).containsExactly(259, 257);
    assertThat(BytePairs.read(made.write()).encode("newest low")).isEqualTo(made.encode("newest low"));
  }

  @Test
  void linesAreShuffledAlikeForEverybody() throws IOException {
    String lines = String.join("\n", IntStream.range(100, 200).mapToObj(Integer::toString).toList()) + "\n";
    DataSet set = DataSources.open(file(lines) + ",sequence=4,lines=shuffle");
    DataSet again = DataSources.open(file(lines) + ",sequence=4,lines=shuffle");
    Example example = new Example(set.columns());
    Example other = new Example(set.columns());
    try (DataSource.Pass pass = set.train().pass(PassOrder.AS_THEY_COME);
        DataSource.Pass same = again.train().pass(PassOrder.AS_THEY_COME)) {
      pass.next(example);
      same.next(other);
    }
    assertThat(vocabulary(set).decode(example.ints(0))).matches("1[0-9]{2}\n").isNotEqualTo("100\n")
        .isEqualTo(vocabulary(again).decode(other.ints(0)));
  }

  @Test
  void eachLineOrEachOfItsLettersIsAnExample() throws IOException {
    String names = "abba\nbab\na\nbaba\n".repeat(5);
    DataSet lines = DataSources.open(file(names) + ",lines=each");
    assertThat(lines.columns()).extracting(c -> c.name()).containsExactly("ids", "next", "ids_length", "next_length");
    assertThat(lines.train().count()).isEqualTo(18);
    Example line = new Example(lines.train().columns());
    DataSet letters = DataSources.open(file(names) + ",lines=each,target=last,sequence=3");
    Example letter = new Example(letters.columns());
    Vocabulary vocabulary = vocabulary(lines);
    try (DataSource.Pass pass = lines.train().pass(PassOrder.AS_THEY_COME);
        DataSource.Pass each = letters.train().pass(PassOrder.AS_THEY_COME)) {
      for (int i = 0; i < 18; i++) {
        pass.next(line);
        String next = vocabulary.decode(Arrays.copyOf(line.ints(1), line.length(1)));
        assertThat(vocabulary.decode(Arrays.copyOf(line.ints(0), line.length(0))) + "\n").isEqualTo("\n" + next);
        for (int k = 0; k < next.length(); k++) {
          each.next(letter);
          assertThat(vocabulary.decode(letter.ints(0)) + vocabulary.decode(letter.ints(1)[0]))
              .isEqualTo(("\n\n\n" + next).substring(k, k + 4));
        }
      }
    }
    refused(file(names) + ",lines=each,tokens=words", "lines=each needs");
  }

  @Test
  void aLongTextIsKeptInAFile() throws IOException {
    Tokens.Writer writer = new Tokens.Writer(100);
    for (int i = 0; i < 40; i++) {
      writer.add(new int[] {i, 60_000 + i, 3});
    }
    Tokens tokens = writer.finish();
    int[] read = new int[3];
    tokens.read(99, read, 3, new byte[6]);
    assertThat(read).containsExactly(33, 60_033, 3);
    assertThat(tokens.count()).isEqualTo(120);
  }

  @Test
  void mistakesAreNamed() throws IOException {
    refused("text:", "needs a file");
    refused("text:" + folder.resolve("none.txt"), "no such file");
    refused(file(""), "0 tokens are not enough");
    refused(file(TEXT) + ",sequence=1000", "not enough for windows of 1000");
    refused(file(TEXT) + ",tokens=letters", "tokens=letters is not understood");
    refused(file(TEXT) + ",tokens=bpe,vocabulary=100", "vocabulary=100");
    refused(file(TEXT) + ",test=0.6,validation=0.5", "leave nothing");
    refused(file(TEXT) + ",seqence=8", "no option `seqence` (did you mean `sequence`?)");
    Files.write(folder.resolve("t.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1, 2});
    refused("text:" + folder.resolve("t.txt"), "not a text file");
    assertThatThrownBy(() -> Characters.read("abc").encode("abx")).hasMessageContaining("`x` is not in the vocabulary");
  }
}
