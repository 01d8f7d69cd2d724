package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class ScoreCurvesTest {
  private static ScoreGrid grid(double[] probabilities, int... classes) {
    ScoreGrid grid = new ScoreGrid();
    for (int i = 0; i < probabilities.length; i++) {
      grid.add(probabilities[i], classes[i] == 1, 1);
    }
    return grid;
  }

  private static List<List<Double>> points(List<CurvePoint> curves, CurveKind kind) {
    return curves.stream()
        .filter(point -> point.kind() == kind)
        .map(point -> List.of(point.x(), point.y()))
        .toList();
  }

  // The example of scikit-learn's roc_curve and precision_recall_curve.
  @Example
  void fourExamplesHaveTheKnownCurves() {
    List<CurvePoint> curves =
        ScoreCurves.of(grid(new double[] {0.1, 0.4, 0.35, 0.8}, 0, 0, 1, 1).descending());
    assertThat(points(curves, CurveKind.ROC))
        .containsExactly(
            List.of(0.0, 0.0),
            List.of(0.0, 0.5),
            List.of(0.5, 0.5),
            List.of(0.5, 1.0),
            List.of(1.0, 1.0));
    assertThat(points(curves, CurveKind.PRECISION_RECALL))
        .containsExactly(
            List.of(0.5, 1.0), List.of(0.5, 0.5), List.of(1.0, 2.0 / 3), List.of(1.0, 0.5));
  }

  @Example
  void aLabelIsTheThresholdOfItsPoint() {
    List<CurvePoint> curves = ScoreCurves.of(grid(new double[] {0.001, 0.8}, 0, 1).descending());
    assertThat(Double.parseDouble(curves.get(1).label().orElseThrow()))
        .isCloseTo(0.8, within(0.005));
    assertThat(Double.parseDouble(curves.get(2).label().orElseThrow()))
        .isCloseTo(0.001, within(2e-5));
  }

  @Example
  void examplesOfOneClassHaveNoCurve() {
    assertThat(ScoreCurves.of(grid(new double[] {0.2, 0.9}, 1, 1).descending())).isEmpty();
  }

  @Example
  void certainProbabilitiesAreCounted() {
    assertThat(grid(new double[] {0, 1, 1}, 0, 1, 0).descending())
        .extracting(ScoreGrid.Bin::positives, ScoreGrid.Bin::negatives)
        .containsExactly(tuple(1.0, 1.0), tuple(0.0, 1.0));
  }

  @Property
  void curvesAscendEndAtOneAndStaySmall(
      @ForAll @Size(min = 2, max = 2_000)
          List<@DoubleRange(min = 0, max = 1) Double> probabilities) {
    ScoreGrid grid = new ScoreGrid();
    for (int i = 0; i < probabilities.size(); i++) {
      grid.add(probabilities.get(i), i % 2 == 1, 1 + i % 3);
    }
    List<List<Double>> roc = points(ScoreCurves.of(grid.descending()), CurveKind.ROC);
    assertThat(roc).hasSizeLessThan(403);
    assertThat(roc.get(0)).containsExactly(0.0, 0.0);
    assertThat(roc.get(roc.size() - 1)).containsExactly(1.0, 1.0);
    for (int i = 1; i < roc.size(); i++) {
      assertThat(roc.get(i).get(0)).isGreaterThanOrEqualTo(roc.get(i - 1).get(0));
      assertThat(roc.get(i).get(1)).isGreaterThanOrEqualTo(roc.get(i - 1).get(1));
    }
  }

  @Property
  void partsAddUpToTheWhole(
      @ForAll @Size(min = 1, max = 50) List<@DoubleRange(min = 0, max = 1) Double> probabilities) {
    ScoreGrid whole = new ScoreGrid();
    ScoreGrid odd = new ScoreGrid();
    ScoreGrid even = new ScoreGrid();
    for (int i = 0; i < probabilities.size(); i++) {
      whole.add(probabilities.get(i), i % 3 == 0, 1);
      (i % 2 == 0 ? even : odd).add(probabilities.get(i), i % 3 == 0, 1);
    }
    odd.merge(even);
    assertThat(odd.descending()).isEqualTo(whole.descending());
  }
}
