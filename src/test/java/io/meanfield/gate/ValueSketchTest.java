package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

  private static float[] range(int first, int end) {
    float[] values = new float[end - first];
    IntStream.range(first, end).forEach(i -> values[i - first] = i);
    return values;
  }

  @Test
  void edgesAreDecilesWithinTheWidthOfABucket() {
    double[] edges = sketch(range(1, 10_001)).quantileEdges(10);
    assertThat(edges).hasSize(11);
    for (int i = 1; i < 10; i++) {
      assertThat(edges[i]).isCloseTo(1000 * i, within(1000 * i * 0.03));
    }
    assertThat(edges[10]).isEqualTo(10_000);
  }

  @Test
  void edgesAreBelowZeroForNegativeValues() {
    assertThat(sketch(range(-100, 101)).quantileEdges(2)[1]).isCloseTo(0, within(3.0));
    assertThat(sketch(range(-1000, 0)).quantileEdges(4)[1]).isCloseTo(-750, within(23.0));
  }

  @Test
  void edgesSeparateValuesFarFromZero() {
    double[] edges = sketch(range(1990, 2030)).quantileEdges(10);
    assertThat(edges).hasSize(11);
    assertThat(edges[5]).isCloseTo(2010, within(4.0));
  }

  @Test
  void outlierDoesNotMoveTheEdgesOfOtherValues() {
    ValueSketch sketch = sketch(range(1, 1000));
    sketch.add(Float.MAX_VALUE);
    assertThat(sketch.quantileEdges(2)[1]).isCloseTo(500, within(16.0));
  }

  @Test
  void constantColumnHasOneBin() {
    double[] edges = sketch(5, 5, 5).quantileEdges(10);
    assertThat(edges).containsExactly(Math.nextDown(5f), 5);
    assertThat(Histogram.bin(edges, 5)).isEqualTo(1);
  }

  @Property
  void allValuesAreBetweenTheFirstAndTheLastEdge(
      @ForAll @Size(min = 1, max = 50)
          List<@FloatRange(min = -Float.MAX_VALUE, max = Float.MAX_VALUE) Float> values) {
    ValueSketch sketch = new ValueSketch();
    values.forEach(sketch::add);
    double[] edges = sketch.quantileEdges(10);
    for (int i = 1; i < edges.length; i++) {
      assertThat(edges[i]).isGreaterThan(edges[i - 1]);
    }
    for (float value : values) {
      assertThat(Histogram.bin(edges, value)).isBetween(1, edges.length - 1);
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
    assertThat(Arrays.equals(end.quantileEdges(10), whole.quantileEdges(10))).isTrue();
    assertThat(end.min()).isEqualTo(whole.min());
    assertThat(end.max()).isEqualTo(whole.max());
  }
}
