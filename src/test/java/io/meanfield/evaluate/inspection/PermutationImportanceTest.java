package io.meanfield.evaluate.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.ColumnGroup;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermutationImportanceTest {
  private static final int ROWS = 2_000;
  private static final ColumnGroup DECIDES = new ColumnGroup("decides", new int[] {0, 1});
  private static final ColumnGroup NOISE = new ColumnGroup("noise", new int[] {2});

  /** Inputs 0 and 1 encode the class, one-hot; input 2 is noise. */
  private static Examples examples() {
    Random random = new Random(7);
    int[] labels = new int[ROWS];
    float[] values = new float[ROWS * 3];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = random.nextInt(2);
      values[row * 3 + labels[row]] = 1;
      values[row * 3 + 2] = random.nextFloat();
    }
    return new Examples(
        IntStream.range(0, ROWS).asLongStream().toArray(),
        new Features.Floats(values, 3),
        new Targets.Classes(labels));
  }

  /** The loss of a model that predicts the class of the one-hot code. */
  private static double shareOfMistakes(Examples examples) {
    float[] inputs = new float[3];
    double wrong = 0;
    for (int row = 0; row < examples.count(); row++) {
      examples.features().write(row, inputs, 0);
      assertThat(inputs[0] + inputs[1]).isEqualTo(1f); // the inputs of a column move together
      wrong += inputs[examples.label(row)] == 1 ? 0 : 1;
    }
    return wrong / examples.count();
  }

  @Test
  void aColumnThatDecidesIsImportantAndNoiseIsNot() {
    List<PermutationImportance.OfColumn> importance = importance(List.of(DECIDES, NOISE));
    PermutationImportance.OfColumn decides = importance.get(0);
    PermutationImportance.OfColumn noise = importance.get(1);
    assertThat(importance)
        .extracting(PermutationImportance.OfColumn::column)
        .containsExactly("decides", "noise");
    // Half of the examples receive the code of the other class.
    assertThat(decides.increase()).isCloseTo(0.5, within(0.03));
    assertThat(decides.deviation()).isBetween(1e-6, 0.03);
    assertThat(noise.increase()).isZero();
    assertThat(noise.deviation()).isZero();
    assertThat(decides.repeats()).isEqualTo(3);
    assertThat(decides.examples()).isEqualTo(ROWS);
  }

  private static List<PermutationImportance.OfColumn> importance(List<ColumnGroup> columns) {
    PermutationImportance importance = new PermutationImportance(examples(), 1);
    List<Double> losses =
        PermutationImportance.passes(columns).stream()
            .map(pass -> shareOfMistakes(importance.of(pass)))
            .toList();
    return importance.of(columns, losses);
  }

  @Test
  void theUnchangedExamplesGoThroughTheNetworkOnce() {
    assertThat(PermutationImportance.passes(List.of(DECIDES, NOISE))).hasSize(1 + 2 * 3);
  }

  @Test
  void manyColumnsShareTheBudgetOfExamples() {
    assertThat(PermutationImportance.examples(1)).isEqualTo(10_000);
    assertThat(PermutationImportance.examples(66)).isEqualTo(10_000);
    assertThat(PermutationImportance.examples(500)).isEqualTo(1_332);
  }

  @Test
  void aPermutationExchangesTheValuesOfItsColumnOnly() {
    Examples examples = examples();
    Examples permuted = permuted(examples, 1);
    double[] before = column(examples, 2);
    double[] after = column(permuted, 2);
    assertThat(after).isNotEqualTo(before);
    assertThat(IntStream.range(0, ROWS).mapToDouble(i -> after[i]).sorted().toArray())
        .isEqualTo(IntStream.range(0, ROWS).mapToDouble(i -> before[i]).sorted().toArray());
    assertThat(column(permuted, 0)).isEqualTo(column(examples, 0));
  }

  @Test
  void anotherSeedPermutesOtherwise() {
    double[] one = column(permuted(examples(), 1), 2);
    double[] same = column(permuted(examples(), 1), 2);
    double[] other = column(permuted(examples(), 2), 2);
    assertThat(same).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  private static Examples permuted(Examples examples, long seed) {
    return new PermutationImportance(examples, seed).of(new PermutationImportance.Pass(NOISE, 0));
  }

  private static double[] column(Examples examples, int input) {
    float[] inputs = new float[3];
    return IntStream.range(0, ROWS)
        .mapToDouble(
            row -> {
              examples.features().write(row, inputs, 0);
              return inputs[input];
            })
        .toArray();
  }
}
