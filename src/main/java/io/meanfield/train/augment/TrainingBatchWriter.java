package io.meanfield.train.augment;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TargetScale;
import io.meanfield.network.layers.Shape;
import java.util.Optional;

/**
 * Writes training examples into minibatches, with augmentation and weights.
 *
 * @param augmenter empty without augmentation
 * @param scale of the targets
 */
public record TrainingBatchWriter(
    Optional<ImageAugmenter> augmenter, ClassWeights classWeights, TargetScale scale) {

  /**
   * Returns the writer for the examples of a network.
   *
   * @param augmentation off, unless the examples are images of the network's input shape
   */
  public static TrainingBatchWriter of(
      EngineNetwork network, Augmentation augmentation, ClassWeights classWeights) {
    return new TrainingBatchWriter(
        augmentation.isOff()
            ? Optional.empty()
            : Shape.of(network.settings().input())
                .image()
                .map(image -> new ImageAugmenter(augmentation, image)),
        classWeights,
        network.targets());
  }

  /** Returns whether the examples in a minibatch differ from the stored ones. */
  public boolean isAugmenting() {
    return augmenter.isPresent();
  }

  /** Writes an example to a row of the minibatch. */
  public void put(Examples examples, int example, Minibatch batch, int row) {
    BatchWriter.features(examples, example, batch, row);
    if (isAugmenting()) {
      augmenter.get().apply(batch.pixels(), batch.offset(row), batch.key(), row);
    }
    BatchWriter.targets(examples, example, scale, batch, row);
    putWeight(examples, example, batch, row);
  }

  /**
   * Multiplies the weight of the example by the weight of its class. Class weights alone weight the
   * loss only, like {@code class_weight} in Keras; weights of examples weight the accuracy, too.
   */
  private void putWeight(Examples examples, int example, Minibatch batch, int row) {
    float weight = examples.weight(example);
    if (!classWeights.isUniform()) {
      batch.setWeight(row, weight * classWeights.of(examples.label(example)));
    } else if (examples.isWeighted()) {
      batch.setWeight(row, weight);
    }
    if (examples.isWeighted()) {
      batch.weightAccuracy();
    }
  }
}
