package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.function.ToDoubleFunction;

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

  /** Returns the importance of a column; the function returns the mean loss of examples. */
  ColumnImportance of(ColumnGroup group, ToDoubleFunction<Examples> loss) {
    double unchanged = loss.applyAsDouble(examples);
    double[] increases = new double[REPEATS];
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      increases[repeat] = loss.applyAsDouble(permuted(group, repeat)) - unchanged;
    }
    return ColumnImportance.of(group.column(), increases, examples.count());
  }

  Examples permuted(ColumnGroup group, int repeat) {
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
