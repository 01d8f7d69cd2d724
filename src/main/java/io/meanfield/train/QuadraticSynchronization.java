package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.util.function.DoubleSupplier;

/**
 * The quadratic synchronization rule: a round becomes longer as the learning rate decays (Gu et al.
 * 2024, "A quadratic synchronization rule for distributed deep learning", arXiv 2310.14423). With
 * the learning rate {@code eta} of the round's first step, the number of minibatches is
 *
 * <pre>
 *   H = max(atLeast, floor((alpha / eta)^2))
 * </pre>
 *
 * With a constant learning rate, H is constant too. A learning rate of 0 makes the round as long as
 * the epoch.
 *
 * @param alpha above 0, in the unit of the learning rate: rounds are longer than {@code atLeast}
 *     once the rate is below {@code alpha / sqrt(atLeast + 1)}
 * @param atLeast the smallest number of minibatches, at least 1
 */
@DefaultSerializer(JavaSerializer.class)
public record QuadraticSynchronization(double alpha, int atLeast) implements SyncInterval {
  private static final String ALPHA = "qsr";
  private static final String AT_LEAST = "at-least";
  private static final int DEFAULT_AT_LEAST = 4; // of the paper's experiments with ViT-B

  public QuadraticSynchronization {
    if (!(alpha > 0) || atLeast < 1) {
      throw new IllegalArgumentException(
          "alpha must be above 0 and a round have at least 1 minibatch, found "
              + alpha
              + " and "
              + atLeast);
    }
  }

  @Override
  public int minibatches(DoubleSupplier learningRate, int most) {
    double ratio = alpha / learningRate.getAsDouble();
    double minibatches = Math.max(atLeast, Math.floor(ratio * ratio));
    return (int) Math.min(minibatches, most);
  }

  static QuadraticSynchronization read(Section rule) {
    double alpha =
        rule.number(ALPHA, value -> value > 0 && value < 1e6, "above 0 and below 1000000", 1);
    return new QuadraticSynchronization(
        alpha, rule.has(AT_LEAST) ? rule.integer(AT_LEAST, 1) : DEFAULT_AT_LEAST);
  }
}
