package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.evaluate.threshold.ScoreCount;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;

class ScoreCurvesTest {
  private static List<List<Double>> points(List<CurvePoint> curves, CurvePoint.Kind kind) {
    return curves.stream()
        .filter(point -> point.kind() == kind)
        .map(point -> List.of(point.x(), point.y()))
        .toList();
  }

  // The example of scikit-learn's roc_curve and precision_recall_curve.
  @Example
  void fourExamplesHaveTheKnownCurves() {
    List<CurvePoint> curves =
        ScoreCurves.of(
            List.of(
                new ScoreCount(0.8f, 1, 0),
                new ScoreCount(0.4f, 0, 1),
                new ScoreCount(0.35f, 1, 0),
                new ScoreCount(0.1f, 0, 1)));
    assertThat(points(curves, CurvePoint.Kind.ROC))
        .containsExactly(
            List.of(0.0, 0.0),
            List.of(0.0, 0.5),
            List.of(0.5, 0.5),
            List.of(0.5, 1.0),
            List.of(1.0, 1.0));
    assertThat(points(curves, CurvePoint.Kind.PR))
        .containsExactly(
            List.of(0.5, 1.0), List.of(0.5, 0.5), List.of(1.0, 2.0 / 3), List.of(1.0, 0.5));
    assertThat(curves.get(1).label()).hasValue("0.8000"); // the threshold of the point
  }

  @Example
  void examplesOfOneClassHaveNoCurve() {
    assertThat(ScoreCurves.of(List.of(new ScoreCount(0.9f, 2, 0)))).isEmpty();
  }

  @Property
  void curvesAscendEndAtOneAndStaySmall(
      @ForAll @Size(min = 2, max = 2_000) @UniqueElements
          List<@FloatRange(min = 0, max = 1) Float> scores) {
    List<Float> descending = scores.stream().sorted(Comparator.reverseOrder()).toList();
    List<ScoreCount> counts =
        IntStream.range(0, descending.size())
            .mapToObj(i -> new ScoreCount(descending.get(i), i % 2, 1 + i % 3))
            .toList();
    List<List<Double>> roc = points(ScoreCurves.of(counts), CurvePoint.Kind.ROC);
    assertThat(roc).hasSizeLessThan(403);
    assertThat(roc.get(0)).containsExactly(0.0, 0.0);
    assertThat(roc.get(roc.size() - 1)).containsExactly(1.0, 1.0);
    for (int i = 1; i < roc.size(); i++) {
      assertThat(roc.get(i).get(0)).isGreaterThanOrEqualTo(roc.get(i - 1).get(0));
      assertThat(roc.get(i).get(1)).isGreaterThanOrEqualTo(roc.get(i - 1).get(1));
    }
  }
}
