package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ExamplesTest {
  private static Examples examples(int count) {
    float[] values = new float[2 * count];
    float[] weights = new float[count];
    for (int row = 0; row < count; row++) {
      values[2 * row + 1] = row;
      weights[row] = row + 1;
    }
    return new Examples(
        LongStream.range(0, count).map(id -> 3 * id).toArray(),
        IntStream.range(0, count).mapToObj(id -> "row " + id).toArray(String[]::new),
        new Features.Floats(values, 2),
        new Targets.Classes(IntStream.range(0, count).map(id -> id % 5).toArray()),
        weights);
  }

  @Property(tries = 200)
  void partsHaveAllRowsInOrderAndNoMoreThanAsked(
      @ForAll @IntRange(max = 40) int count, @ForAll @IntRange(min = 1, max = 50) int most) {
    Examples whole = examples(count);
    List<Examples> parts = whole.parts(most).toList();
    assertThat(parts).allSatisfy(part -> assertThat(part.count()).isLessThanOrEqualTo(most));
    Examples joined = whole.allocate(count);
    int row = 0;
    for (Examples part : parts) {
      for (int i = 0; i < part.count(); i++) {
        part.copyTo(joined, i, row++);
      }
    }
    assertThat(row).isEqualTo(count);
    assertThat(joined).usingRecursiveComparison().isEqualTo(whole);
  }
}
