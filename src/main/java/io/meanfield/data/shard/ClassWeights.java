package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What the loss of a training example is multiplied with, by its class: Keras' {@code
 * class_weight}.
 *
 * @param weights of each class; none where all count alike
 */
@DefaultSerializer(JavaSerializer.class)
public record ClassWeights(double[] weights) implements Serializable {
  /** Every example counts as one. */
  public static final ClassWeights UNIFORM = new ClassWeights(new double[0]);

  /**
   * scikit-learn's {@code class_weight="balanced"}: {@code n / (classes * n_class)}, so that all
   * classes together weigh the same and the mean over the examples is 1. Classes without examples
   * are not counted among the classes, and weigh nothing.
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

  /** The weight of a class, where they are not even. */
  public float of(int label) {
    return (float) weights[label];
  }
}
