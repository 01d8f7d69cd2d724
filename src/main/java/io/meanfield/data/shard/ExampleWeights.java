package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * The weights of the training examples of a data set, scaled to a mean of 1. With the weights
 * {@code w}, training minimises
 *
 * <pre>F(x) = sum of w_i loss_i(x) / sum of w_i</pre>
 *
 * over the training examples {@code i}. The loss of example {@code i} is multiplied by {@code v_i =
 * w_i n / sum of w}, where {@code n} is the number of training examples. A step of worker {@code k}
 * on a minibatch {@code B} subtracts the learning rate times the sum of {@code v_i gradient_i} over
 * {@code B}, divided by the number of examples in {@code B}, as Keras does with {@code
 * sample_weight}. The workers' states are averaged by their numbers of examples {@code n_k}. For
 * plain SGD with one step on a whole shard,
 *
 * <pre>sum of n_k / n * (sum over shard k of v_i gradient_i) / n_k = gradient of F.</pre>
 *
 * <p>An average by sums of weights would count the weights twice, because they are in the steps
 * already. Because only the ratios of weights count, an example of weight 2 equals two examples, an
 * example of weight 0 equals none, and the unit of the weights does not change the length of a
 * step.
 *
 * @param trainingSum sum of the weights of the training examples; empty if examples have no weights
 * @param factor by which the weights of the training examples are multiplied
 */
public record ExampleWeights(Optional<Double> trainingSum, double factor) {
  /** The examples have no weights. */
  public static final ExampleWeights NONE = new ExampleWeights(Optional.empty(), 1);

  /**
   * Returns the weights of a data set.
   *
   * @throws UserException if no training example, or no validation example, has a weight above 0
   */
  public static ExampleWeights of(Dataset data, Split split, ExampleTotals totals) {
    if (!data.isWeighted()) {
      return NONE;
    }
    double training = totals.trainingWeight();
    requirePositive(split.training(), training, "training", data);
    requirePositive(split.validation(), totals.validationWeight(), "validation", data);
    return split.training() == 0
        ? NONE
        : new ExampleWeights(Optional.of(training), split.training() / training);
  }

  private static void requirePositive(long examples, double sum, String part, Dataset data) {
    if (examples > 0 && sum == 0) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no %s example with a weight above 0, expected at least one",
          data.display(),
          part);
    }
  }

  /** Returns the examples with scaled weights. */
  JavaRDD<Examples> scale(JavaRDD<Examples> blocks) {
    double times = factor;
    return trainingSum.isEmpty() ? blocks : blocks.map(block -> block.withWeightsTimes(times));
  }
}
