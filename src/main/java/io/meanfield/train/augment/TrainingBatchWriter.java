package io.meanfield.train.augment;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.layers.Shape;
import java.util.Optional;

/**
 * Writes the training examples of one worker into minibatches, with augmentation and class weights.
 *
 * @param augmenter empty without augmentation
 */
public record TrainingBatchWriter(
    Examples examples, Optional<ImageAugmenter> augmenter, ClassWeights classWeights) {

  /**
   * Returns the writer for the examples of a worker.
   *
   * @param augmentation off, unless the examples are images of the network's input shape
   */
  public static TrainingBatchWriter of(
      Examples examples,
      EngineNetwork network,
      Augmentation augmentation,
      ClassWeights classWeights) {
    return new TrainingBatchWriter(
        examples,
        augmentation.isOff()
            ? Optional.empty()
            : Shape.of(network.network().input())
                .image()
                .map(image -> new ImageAugmenter(augmentation, image)),
        classWeights);
  }

  /** Returns whether the examples in a minibatch differ from the stored ones. */
  public boolean isAugmenting() {
    return augmenter.isPresent();
  }

  /** Writes an example to a row of the minibatch. */
  public void put(int example, Minibatch batch, int row) {
    BatchWriter.features(examples, example, batch, row);
    if (isAugmenting()) {
      augmenter.get().apply(batch.pixels(), batch.offset(row), batch.key(), row);
    }
    BatchWriter.targets(examples, example, batch, row);
    if (!classWeights.isUniform()) {
      batch.setWeight(row, classWeights.of(examples.label(example)));
    }
  }
}
