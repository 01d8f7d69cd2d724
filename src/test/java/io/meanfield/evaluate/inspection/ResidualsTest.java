package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResidualsTest {
  private static List<CurvePoint> points(List<Residuals.Drawn> drawn, CurvePoint.Kind kind) {
    return Residuals.points(drawn).stream().filter(point -> point.kind() == kind).toList();
  }

  /** Returns examples of target 0 whose random order is that of the arguments. */
  private static List<Residuals.Drawn> ofTargetZero(float... outputs) {
    List<Residuals.Drawn> drawn = new ArrayList<>();
    for (float output : outputs) {
      drawn.add(new Residuals.Drawn(drawn.size(), new float[1], new float[] {output}));
    }
    return drawn;
  }

  @Test
  void everyResidualIsInOneBarAndTheBarsSpanThem() {
    List<CurvePoint> bars =
        points(ofTargetZero(-3, 0.1f, 0.1f, 3), CurvePoint.Kind.RESIDUAL_HISTOGRAM);
    assertThat(bars).hasSize(30);
    assertThat(bars.get(0).x()).isCloseTo(-2.9, within(1e-9)); // the middle of a bar of width 0.2
    assertThat(bars.get(0).y()).isEqualTo(1);
    assertThat(bars.get(15).y()).isEqualTo(2);
    assertThat(bars.get(29).y()).isEqualTo(1);
    assertThat(bars.stream().mapToDouble(CurvePoint::y).sum()).isEqualTo(4);
  }

  @Test
  void aFewFarResidualsAreOutsideOfTheBars() {
    float[] outputs = new float[300];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = i % 10;
    }
    outputs[0] = -1_000_000;
    outputs[299] = 1_000_000;
    List<CurvePoint> bars = points(ofTargetZero(outputs), CurvePoint.Kind.RESIDUAL_HISTOGRAM);
    assertThat(bars.get(0).x()).isCloseTo(0.15, within(1e-9)); // 30 bars from 0 to 9
    assertThat(bars.stream().mapToDouble(CurvePoint::y).sum()).isEqualTo(298);
    assertThat(bars).allMatch(bar -> bar.label().equals(Optional.of("1 % to 99 %")));
  }

  @Test
  void perfectPredictionsHaveOneBar() {
    float[] numbers = {1, 2};
    List<Residuals.Drawn> drawn = List.of(new Residuals.Drawn(0.5, numbers, numbers));
    assertThat(points(drawn, CurvePoint.Kind.RESIDUAL_HISTOGRAM).get(0).y()).isEqualTo(2);
    assertThat(points(drawn, CurvePoint.Kind.PREDICTED))
        .extracting(CurvePoint::x, CurvePoint::y, point -> point.label().orElseThrow())
        .containsExactly(tuple(1.0, 1.0, "0"), tuple(2.0, 2.0, "1"));
  }

  @Test
  void aChartHasAtMostFiveHundredPoints() {
    assertThat(points(ofTargetZero(new float[9_000]), CurvePoint.Kind.PREDICTED)).hasSize(500);
  }

  @Test
  void ofWideOutputsFewerExamplesAreDrawn() {
    assertThat(Residuals.share(100_000, 1)).isEqualTo(0.1);
    assertThat(Residuals.share(100_000, 1_000)).isEqualTo(0.01);
    assertThat(Residuals.share(50, 1_000)).isEqualTo(1);
  }
}
