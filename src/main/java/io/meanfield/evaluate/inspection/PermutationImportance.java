package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.encoding.ColumnGroup;
import io.meanfield.evaluate.Score;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

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
  private static final int MOST_EXAMPLES = 10_000;
  // How many examples go through the network, in all passes together.
  private static final long BUDGET = 2_000_000;
  private static final ColumnGroup NO_COLUMN = new ColumnGroup("", new int[0]);

  /**
   * How much a model depends on a column; a row of table {@code importance}.
   *
   * @param increase the mean increase of the loss when the values of the column are permuted
   * @param deviation the standard deviation of the increases
   * @param repeats the number of permutations
   * @param examples the number of examples
   */
  record OfColumn(String column, double increase, double deviation, int repeats, int examples) {
    private static OfColumn of(String column, double[] increases, int examples) {
      double mean = Arrays.stream(increases).average().orElseThrow();
      double squares = Arrays.stream(increases).map(x -> (x - mean) * (x - mean)).sum();
      double deviation = Math.sqrt(squares / increases.length);
      return new OfColumn(column, mean, deviation, increases.length, examples);
    }
  }

  /** A pass of all examples through the network, after a permutation of the values of a column. */
  @DefaultSerializer(JavaSerializer.class)
  record Pass(ColumnGroup column, int repeat) implements Serializable {}

  /** Returns how many examples are enough for a number of columns. */
  static int examples(int columns) {
    return (int) Math.min(MOST_EXAMPLES, BUDGET / (1 + (long) REPEATS * columns));
  }

  /** Computes the importance of columns on the executors. */
  List<OfColumn> run(JavaSparkContext spark, Model model, List<ColumnGroup> columns) {
    EngineNetwork network = model.network();
    Broadcast<LearnerState> weights = spark.broadcast(model.state().withoutOptimizerState());
    Broadcast<PermutationImportance> shared = spark.broadcast(this);
    try {
      List<Pass> passes = passes(columns);
      JavaRDD<Double> losses =
          spark
              .parallelize(passes, Math.min(passes.size(), spark.defaultParallelism()))
              .map(pass -> Score.of(network, weights.value(), shared.value().of(pass)).loss());
      return of(columns, GpuTasks.withGpus(losses).collect());
    } finally {
      shared.destroy();
      weights.destroy();
    }
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
  List<OfColumn> of(List<ColumnGroup> columns, List<Double> losses) {
    double unchanged = losses.get(0);
    List<OfColumn> importance = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      double[] increases =
          losses.subList(1 + column * REPEATS, 1 + (column + 1) * REPEATS).stream()
              .mapToDouble(loss -> loss - unchanged)
              .toArray();
      importance.add(OfColumn.of(columns.get(column).column(), increases, examples.count()));
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
