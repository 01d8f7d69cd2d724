package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The factors of the losses of training examples, by class: Keras' {@code class_weight}.
 *
 * @param weights of each class; empty if all are 1
 */
@DefaultSerializer(JavaSerializer.class)
public record ClassWeights(double[] weights) implements Serializable {
  /** Every example counts as one. */
  public static final ClassWeights UNIFORM = new ClassWeights(new double[0]);

  /**
   * scikit-learn's {@code class_weight="balanced"}: {@code n / (classes * n_class)}, so that all
   * classes together weigh the same and the mean over the examples is 1. Classes without examples
   * are not counted among the classes, and have weight 0.
   *
   * @param counts examples of each class
   */
  static ClassWeights balanced(long[] counts) {
    double examples = Arrays.stream(counts).sum();
    long classes = Arrays.stream(counts).filter(count -> count > 0).count();
    return new ClassWeights(
        Arrays.stream(counts)
            .mapToDouble(count -> count == 0 ? 0 : examples / (classes * (double) count))
            .toArray());
  }

  /** Whether every example counts as one. */
  public boolean isUniform() {
    return weights.length == 0;
  }

  /** The weight of a class, if weights are not uniform. */
  public float of(int label) {
    return (float) weights[label];
  }
}
