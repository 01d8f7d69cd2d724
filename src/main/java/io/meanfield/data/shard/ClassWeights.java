package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The weights of the losses of training examples by class, like {@code class_weight} in Keras.
 *
 * @param weights the weight of each class; empty if all are 1
 */
@DefaultSerializer(JavaSerializer.class)
public record ClassWeights(double[] weights) implements Serializable {
  /** All weights are 1. */
  public static final ClassWeights UNIFORM = new ClassWeights(new double[0]);

  /**
   * Returns the weights of {@code class_weight="balanced"} in scikit-learn, {@code n / (classes *
   * n_class)}: every class has the same total weight, and the mean weight over the examples is 1.
   * Classes without examples have weight 0 and are not counted in {@code classes}.
   *
   * @param counts the number of examples per class
   */
  static ClassWeights balanced(long[] counts) {
    double examples = Arrays.stream(counts).sum();
    long classes = Arrays.stream(counts).filter(count -> count > 0).count();
    return new ClassWeights(
        Arrays.stream(counts)
            .mapToDouble(count -> count == 0 ? 0 : examples / (classes * (double) count))
            .toArray());
  }

  /** Returns whether all weights are 1. */
  public boolean isUniform() {
    return weights.length == 0;
  }

  /** Returns the weight of a class; the weights must not be uniform. */
  public float of(int label) {
    return (float) weights[label];
  }
}
