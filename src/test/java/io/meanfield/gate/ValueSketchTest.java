package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ValueSketchTest {
  private static ValueSketch sketch(float... values) {
    ValueSketch sketch = new ValueSketch();
    for (float value : values) {
      sketch.add(value);
    }
    return sketch;
  }

  private static List<Double> edges(ValueSketch sketch, int bins) {
    return sketch.histogram(bins).edges();
  }

  private static float[] range(int first, int end) {
    float[] values = new float[end - first];
    IntStream.range(first, end).forEach(i -> values[i - first] = i);
    return values;
  }

  @Test
  void binsAreDecilesWithinTheWidthOfABucket() {
    Histogram histogram = sketch(range(1, 10_001)).histogram(10);
    assertThat(histogram.edges()).hasSize(11);
    for (int i = 1; i <= 10; i++) {
      assertThat(histogram.edges().get(i)).isCloseTo(1000 * i, within(1000 * i * 0.003));
      assertThat(histogram.counts().get(i)).isBetween(980L, 1020L);
    }
    assertThat(List.of(histogram.counts().get(0), histogram.counts().get(11)))
        .containsExactly(0L, 0L);
  }

  @Test
  void edgesAreBelowZeroForNegativeValues() {
    assertThat(edges(sketch(range(-100, 101)), 2).get(1)).isCloseTo(0, within(0.5));
    assertThat(edges(sketch(range(-1000, 0)), 4).get(1)).isCloseTo(-750, within(3.0));
  }

  @Test
  void edgesSeparateValuesFarFromZero() {
    List<Double> edges = edges(sketch(range(1990, 2030)), 10);
    assertThat(edges).hasSize(11);
    assertThat(edges.get(5)).isCloseTo(2010, within(2.0));
  }

  @Test
  void outlierDoesNotMoveTheEdgesOfOtherValues() {
    ValueSketch sketch = sketch(range(1, 1000));
    sketch.add(Float.MAX_VALUE);
    assertThat(edges(sketch, 2).get(1)).isCloseTo(500, within(2.0));
  }

  @Test
  void constantColumnHasOneBin() {
    assertThat(sketch(5, 5, 5).histogram(10).counts()).containsExactly(0L, 3L, 0L);
  }

  @Test
  void frequentValueHasABinOfItsOwn() {
    ValueSketch sketch = sketch(range(1, 101));
    for (int i = 0; i < 100; i++) {
      sketch.add(0);
    }
    assertThat(sketch.histogram(4).counts()).containsExactly(0L, 100L, 50L, 50L, 0L);
  }

  @Test
  void valuesAreCountedInTheBinsOfAnotherSketch() {
    List<Double> edges = edges(sketch(range(0, 100)), 4);
    assertThat(sketch(range(-5, 0)).histogram(edges).counts())
        .containsExactly(5L, 0L, 0L, 0L, 0L, 0L);
    assertThat(sketch(range(60, 120)).histogram(edges).counts())
        .containsExactly(0L, 0L, 0L, 15L, 25L, 20L);
    assertThat(sketch(Float.NaN).histogram(edges).total()).isZero();
  }

  @Property
  void allValuesAreBetweenTheFirstAndTheLastEdge(
      @ForAll @Size(min = 1, max = 50)
          List<@FloatRange(min = -Float.MAX_VALUE, max = Float.MAX_VALUE) Float> values) {
    ValueSketch sketch = new ValueSketch();
    values.forEach(sketch::add);
    List<Double> edges = edges(sketch, 10);
    assertThat(edges).isSorted().doesNotHaveDuplicates();
    assertThat(sketch.histogram(edges)).isEqualTo(sketch.histogram(10));
    double[] ascending = edges.stream().mapToDouble(Double::doubleValue).toArray();
    for (float value : values) {
      assertThat(Histogram.bin(ascending, value)).isBetween(1, ascending.length - 1);
    }
  }

  @Property
  void sumOfSketchesDoesNotDependOnTheOrderOfValues(
      @ForAll @Size(min = 2, max = 50) List<@FloatRange(min = -1e6f, max = 1e6f) Float> values,
      @ForAll @IntRange(min = 1, max = 49) int cut) {
    ValueSketch whole = new ValueSketch();
    values.forEach(whole::add);
    ValueSketch end = new ValueSketch();
    values.stream().skip(cut).forEach(end::add);
    ValueSketch begin = new ValueSketch();
    values.stream().limit(cut).forEach(begin::add);
    end.add(begin);
    assertThat(end.histogram(10)).isEqualTo(whole.histogram(10));
    assertThat(end.min()).isEqualTo(whole.min());
    assertThat(end.max()).isEqualTo(whole.max());
  }
}
