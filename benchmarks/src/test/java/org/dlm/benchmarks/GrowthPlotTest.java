package org.dlm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.benchmarks.GrowthPlot.Line;
import org.dlm.benchmarks.GrowthPlot.Panel;
import org.dlm.benchmarks.GrowthPlot.Point;
import org.junit.jupiter.api.Test;

class GrowthPlotTest {
  @Test
  void drawsPowersAtEqualDistances() {
    String svg = GrowthPlot.svg(List.of(new Panel("steps", List.of(
        new Line("mlp", List.of(new Point(1, 0.1), new Point(4, 1), new Point(16, 10)))))));
    assertThat(svg).contains("points=\"60.0,266.0 195.0,151.0 330.0,36.0\"", ">mlp<", ">steps<", ">16<", ">0.1 ms<");
  }

  @Test
  void panelsStandSideBySide() {
    List<Line> lines = List.of(new Line("a", List.of(new Point(2, 3))));
    assertThat(GrowthPlot.svg(List.of(new Panel("one", lines), new Panel("two", lines))))
        .contains("viewBox=\"0 0 840 320\"", "translate(420,0)");
  }
}
