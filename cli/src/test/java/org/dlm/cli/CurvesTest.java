package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawings are small and show what there is to see. */
class CurvesTest {
  private static Curves.Curve noisy(int points) {
    return new Curves.Curve("loss", IntStream.range(0, points).mapToDouble(i -> i).toArray(),
        IntStream.range(0, points).mapToDouble(i -> i == points / 3 ? 9 : 2 + Math.sin(i * i)).toArray(), false);
  }

  @Test
  void aThinnedCurveKeepsItsEndsAndItsPeaks() {
    for (int points : new int[] {2, 999, 1000, 1001, 1500, 123_457}) {
      Curves.Curve all = noisy(points);
      Curves.Curve thin = all.thinned(1000);
      assertThat(thin.x().length).isBetween(Math.min(points, 500), Math.min(points, 1000)).isEqualTo(thin.y().length);
      assertThat(thin.x()).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(points - 1);
      assertThat(Arrays.stream(thin.y()).max()).hasValue(Arrays.stream(all.y()).max().orElseThrow());
      assertThat(Arrays.stream(thin.y()).min()).hasValue(Arrays.stream(all.y()).min().orElseThrow());
      for (int i = 0; i < thin.x().length; i++) {
        assertThat(thin.y()[i]).isEqualTo(all.y()[(int) thin.x()[i]]);
      }
    }
  }

  @Test
  void aDrawingOfManyPointsIsSmall(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("curves.svg");
    Curves loss = new Curves("Loss", "step", "loss", true, List.of(noisy(20_000), new Curves.Curve("test",
        new double[] {100, 10_000, 19_000}, new double[] {3, 2, 2.5}, true)));
    Curves.write(file, List.of(loss, loss));
    assertThat(Files.size(file)).isLessThan(100_000);
    var drawing = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    // one for each long curve; the few points of the other one have marks between them
    assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(2);
    assertThat(drawing.getElementsByTagName("use").getLength()).isGreaterThan(
        3 * drawing.getElementsByTagName("defs").getLength());
  }

  @Test
  void roundNumbersStandAtTheAxes(@TempDir Path folder) throws Exception {
    double[] steps = IntStream.rangeClosed(1, 600).mapToDouble(i -> 157 * i).toArray();
    double[] rates = IntStream.rangeClosed(1, 600).mapToDouble(i -> 0.00000123 * i).toArray();
    // "0.0001" to "0.0007", "0" to "90,000", two words: about 100 letters, where each rate in full would make 400
    assertThat(letters(folder, steps, rates)).isLessThan(150);
    double[] epochs = {1, 2, 3, 4, 5};
    assertThat(letters(folder, epochs, new double[] {3, 2, 1, 0.5, 0.2})).isLessThan(60);
  }

  @Test
  void anAxisHasNumbersAlsoWithinOnePowerOfTen(@TempDir Path folder) throws Exception {
    double[] x = {1, 2, 3};
    for (double[] y : List.of(new double[] {4, 2, 1.2}, new double[] {0.9, 0.5, 0.2}, new double[] {0, 0.5, 200})) {
      List<Curves.Curve> curve = List.of(new Curves.Curve("a", x, y, true));
      Path logarithmic = folder.resolve("a.svg");
      Path linear = folder.resolve("b.svg");
      Curves.write(logarithmic, List.of(new Curves("Loss", "step", "loss", true, curve)));
      Curves.write(linear, List.of(new Curves("Loss", "step", "loss", false, curve)));
      assertThat(Files.readString(logarithmic).replaceAll("clip-?\\d+", ""))
          .isEqualTo(Files.readString(linear).replaceAll("clip-?\\d+", ""));
    }
  }

  /** How many letters and lines of the grid a drawing has. */
  private static int letters(Path folder, double[] x, double[] y) throws Exception {
    Path file = folder.resolve("rate.svg");
    Curves.write(file, List.of(new Curves("Rate", "step", "rate", false, List.of(new Curves.Curve("rate", x, y, false)))));
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getElementsByTagName("use")
        .getLength();
  }

  @Test
  void lettersAreWrittenOnceAndStandWhereTheyStood() {
    // a ring and what is right of it, twice
    String ring = "M%1$s,1.5 Q%2$s,1.5 %2$s,4 L%1$s,4 Z M%3$s,2 L%3$s,3 L%2$s,2.3333 Z M%4$s,0 L%4$s,7.12 Z ";
    String text = "<path d=\"" + ring.formatted("0.12345", "5.12345", "1.12345", "6.12345")
        + ring.formatted("-20.12345", "-15.12345", "-19.12345", "-14.12345").strip()
        + "\" style=\"fill:rgb(0,0,0);stroke:none;\"/>";
    String small = new CompactSvg().of(text + "\n<rect x=\"0.98765\"/>");
    assertThat(small).endsWith("</g>\n<rect x=\"0.98\"/>\n");
    assertThat(found("<defs><path id=\"(g\\d)\"", small)).containsExactly("g0", "g1");
    assertThat(found("<use xlink:href=\"#(g\\d)\"", small)).containsExactly("g0", "g1", "g0", "g1");
    assertThat(found("<use [^>]* x=\"([-.\\d]+)\"", small)).containsExactly(".12", "6.12", "-20.12", "-14.12");
    assertThat(found(" d=\"([^\"]*)\"", small)).containsExactly("m0 0q5 0 5 2.5l-5 0zm1 .5l0 1l4-.67z", "m0 0l0 7.12z");
  }

  @Test
  void whatRoundingLeavesOutDoesNotAddUp() {
    StringBuilder path = new StringBuilder("M0,0");
    for (int i = 1; i <= 1000; i++) {
      path.append(" L").append(i * 0.1149).append(",0");
    }
    String small = new CompactSvg().of("<path d=\"" + path + "\" style=\"fill:rgb(0,0,0);\"/>");
    double at = found("l([-.\\d]+) 0", small).stream().mapToDouble(Double::parseDouble).sum();
    assertThat(at).isCloseTo(114.9, within(0.01));
  }

  @Test
  void linesThatGoOnBecomeOne() {
    String line = "<line style=\"stroke:red;\" x1=\"%s\" x2=\"%s\" y1=\"1\" y2=\"1\"/>\n";
    String small = new CompactSvg().of(line.formatted("0.123", "1.1") + line.formatted("1.1", "2") + line.formatted("3", "4"));
    assertThat(small).isEqualTo("<polyline style=\"stroke:red;stroke-linejoin:round;\" points=\".1,1 1.1,1 2,1\"/>\n"
        + line.formatted("3", "4"));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map((MatchResult m) -> m.group(1)).toList();
  }
}
