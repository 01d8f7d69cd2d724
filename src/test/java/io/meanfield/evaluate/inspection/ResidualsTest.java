package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResidualsTest {
  private static List<CurvePoint> points(Residuals residuals, CurveKind kind) {
    return residuals.points().stream().filter(point -> point.kind() == kind).toList();
  }

  @Test
  void everyResidualIsInOneBarAndTheBarsSpanThem() {
    Residuals residuals =
        new Residuals(1, new float[] {0, 0, 0, 0}, new float[] {-3, 0.1f, 0.1f, 3});
    List<CurvePoint> bars = points(residuals, CurveKind.RESIDUALS);
    assertThat(bars).hasSize(30);
    assertThat(bars.get(0).x()).isCloseTo(-2.9, within(1e-9)); // the middle of a bar of width 0.2
    assertThat(bars.get(0).y()).isEqualTo(1);
    assertThat(bars.get(15).y()).isEqualTo(2);
    assertThat(bars.get(29).y()).isEqualTo(1);
    assertThat(bars.stream().mapToDouble(CurvePoint::y).sum()).isEqualTo(4);
  }

  @Test
  void perfectPredictionsHaveOneBar() {
    Residuals residuals = new Residuals(2, new float[] {1, 2}, new float[] {1, 2});
    assertThat(points(residuals, CurveKind.RESIDUALS).get(0).y()).isEqualTo(2);
    assertThat(points(residuals, CurveKind.PREDICTED))
        .extracting(CurvePoint::x, CurvePoint::y, point -> point.label().orElseThrow())
        .containsExactly(tuple(1.0, 1.0, "0"), tuple(2.0, 2.0, "1"));
  }

  @Test
  void aChartHasAtMostFiveHundredPoints() {
    Residuals residuals = new Residuals(1, new float[9_000], new float[9_000]);
    assertThat(points(residuals, CurveKind.PREDICTED)).hasSize(500);
  }

  @Test
  void ofWideOutputsFewerExamplesAreDrawn() {
    assertThat(ResidualDraw.of(100_000, 1, 7).share()).isEqualTo(0.1);
    assertThat(ResidualDraw.of(100_000, 1_000, 7).share()).isEqualTo(0.01);
    assertThat(ResidualDraw.of(50, 1_000, 7).share()).isEqualTo(1);
  }

  @Test
  void targetsMustBelongToOutputs() {
    assertThatThrownBy(() -> new Residuals(2, new float[3], new float[3]))
        .hasMessage("3 targets do not belong to 3 outputs");
  }
}
