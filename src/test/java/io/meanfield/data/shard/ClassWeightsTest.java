package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  @Test
  void weightsEqualThoseOfScikitLearn() {
    // sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1], y=36*[0]+4*[1])
    assertThat(ClassWeights.balanced(new long[] {36, 4}).weights())
        .containsExactly(40 / 72.0, 40 / 8.0);
  }

  @Test
  void classesWithoutExamplesHaveWeightZeroAndAreNotCounted() {
    assertThat(ClassWeights.balanced(new long[] {0, 30, 10, 0}).weights())
        .containsExactly(0, 40 / 60.0, 40 / 20.0, 0);
  }

  @Property(tries = 200)
  void everyClassHasTheSameTotalWeight(
      @ForAll @Size(min = 1, max = 12) int @IntRange(max = 100_000) [] sizes) {
    long[] counts = Arrays.stream(sizes).asLongStream().toArray();
    long examples = Arrays.stream(counts).sum();
    Assume.that(examples > 0);
    double[] weights = ClassWeights.balanced(counts).weights();
    long classes = Arrays.stream(counts).filter(count -> count > 0).count();
    for (int cls = 0; cls < counts.length; cls++) {
      double share = counts[cls] == 0 ? 0 : (double) examples / classes;
      assertThat(counts[cls] * weights[cls]).isCloseTo(share, within(1e-9 * examples));
    }
  }
}
