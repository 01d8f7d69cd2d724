package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.Loss;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * Temperatures by which the logits of a classifier are divided to find the one with the smallest
 * loss (Guo et al. 2017, "On Calibration of Modern Neural Networks"). They are powers of 2 from 1/4
 * to 8 and contain 1, so that the best of them is never worse than none.
 *
 * @param steps the number of temperatures between two powers of 2; 0 for 1 alone
 */
@DefaultSerializer(JavaSerializer.class)
public record Temperatures(int steps) implements Serializable {
  /** The temperature 1, which changes nothing. */
  public static final Temperatures ONE = new Temperatures(0);

  /** Few temperatures, for the comparison of epochs. */
  public static final Temperatures COARSE = new Temperatures(4);

  /** Many temperatures, for the finished model. */
  public static final Temperatures FINE = new Temperatures(32);

  private static final int LEAST = -2; // powers of 2
  private static final int MOST = 3;

  /** Returns the factors by which logits are multiplied; none for the temperature 1 alone. */
  double[] factors() {
    return IntStream.range(0, steps == 0 ? 0 : (MOST - LEAST) * steps + 1)
        .mapToDouble(index -> 1 / at(index))
        .toArray();
  }

  /** Returns a temperature. */
  double at(int index) {
    return Math.pow(2, LEAST + (double) index / steps);
  }

  /**
   * Adds the losses of one example at all temperatures to their sums.
   *
   * @param factors of the temperatures
   * @param outputs probabilities of the network; those of this example are the {@code width}
   *     numbers from {@code offset} on
   * @param targets at the same indices
   */
  static void add(
      double[] sums,
      double[] factors,
      double weight,
      Loss loss,
      float[] outputs,
      float[] targets,
      int offset,
      int width) {
    double[] logits =
        IntStream.range(offset, offset + width)
            .mapToDouble(
                i ->
                    Math.log(Loss.clip(outputs[i]))
                        - (loss.kind() == Loss.Kind.BINARY_CROSSENTROPY
                            ? Math.log(Loss.clip(1.0 - outputs[i]))
                            : 0))
            .toArray();
    for (int i = 0; i < sums.length; i++) {
      double factor = factors[i];
      sums[i] +=
          weight
              * switch (loss.kind()) {
                case CATEGORICAL_CROSSENTROPY -> categorical(logits, factor, targets, offset);
                case BINARY_CROSSENTROPY -> binary(logits, factor, targets, offset) / width;
                case MSE, MAE, HUBER, PINBALL ->
                    throw new IllegalStateException("no probabilities");
              };
    }
  }

  private static double categorical(double[] logits, double factor, float[] targets, int offset) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit * factor);
    }
    double sum = 0;
    double expected = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += Math.exp(logits[i] * factor - largest);
      expected += targets[offset + i] * (logits[i] * factor - largest);
    }
    return Math.log(sum) - expected;
  }

  private static double binary(double[] logits, double factor, float[] targets, int offset) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double logit = logits[i] * factor;
      // -t log(p) - (1 - t) log(1 - p) of p = 1 / (1 + exp(-logit))
      sum +=
          Math.max(logit, 0) - logit * targets[offset + i] + Math.log1p(Math.exp(-Math.abs(logit)));
    }
    return sum;
  }
}
