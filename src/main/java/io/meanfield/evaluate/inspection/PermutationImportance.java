package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Permutation importance (Breiman 2001, "Random Forests", section 10): the increase of the loss
 * when the values of one column are exchanged between examples. All inputs that are made of a
 * column move together.
 *
 * @param examples with numbers as features
 * @param seed determines the permutations
 */
@DefaultSerializer(JavaSerializer.class)
record PermutationImportance(Examples examples, long seed) implements Serializable {
  private static final int REPEATS = 3;
  // How many examples go through the network, in all passes together.
  private static final long BUDGET = 2_000_000;
  private static final ColumnGroup NO_COLUMN = new ColumnGroup("", new int[0]);

  /** A pass of all examples through the network, after a permutation of the values of a column. */
  @DefaultSerializer(JavaSerializer.class)
  record Pass(ColumnGroup column, int repeat) implements Serializable {}

  /** Returns how many examples are enough for a number of columns. */
  static int examples(int columns) {
    return (int) Math.min(ExampleSample.MOST_EXAMPLES, BUDGET / (1 + (long) REPEATS * columns));
  }

  /** Returns the passes for these columns; the first one permutes nothing. */
  static List<Pass> passes(List<ColumnGroup> columns) {
    List<Pass> passes = new ArrayList<>(List.of(new Pass(NO_COLUMN, 0)));
    for (ColumnGroup column : columns) {
      for (int repeat = 0; repeat < REPEATS; repeat++) {
        passes.add(new Pass(column, repeat));
      }
    }
    return passes;
  }

  /** Returns the examples that go through the network in a pass. */
  Examples of(Pass pass) {
    return pass.column().inputs().length == 0 ? examples : permuted(pass.column(), pass.repeat());
  }

  /**
   * Returns the importance of the columns.
   *
   * @param losses the mean loss of the examples in each of the {@link #passes}
   */
  List<ColumnImportance> of(List<ColumnGroup> columns, List<Double> losses) {
    double unchanged = losses.get(0);
    List<ColumnImportance> importance = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      double[] increases =
          losses.subList(1 + column * REPEATS, 1 + (column + 1) * REPEATS).stream()
              .mapToDouble(loss -> loss - unchanged)
              .toArray();
      importance.add(
          ColumnImportance.of(columns.get(column).column(), increases, examples.count()));
    }
    return importance;
  }

  private Examples permuted(ColumnGroup group, int repeat) {
    Features.Floats features = (Features.Floats) examples.features();
    int width = features.width();
    float[] values = features.values().clone();
    Permutation permutation =
        new Permutation(examples.count(), Permutation.key(seed, group.inputs()[0], repeat));
    for (int row = 0; row < examples.count(); row++) {
      int other = (int) permutation.apply(row);
      for (int input : group.inputs()) {
        values[row * width + input] = features.values()[other * width + input];
      }
    }
    return new Examples(
        examples.ids(),
        examples.externalIds(),
        new Features.Floats(values, width),
        examples.targets(),
        examples.weights());
  }
}
