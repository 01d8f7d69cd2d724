package io.meanfield.train;

import io.meanfield.data.ClassWeights;
import io.meanfield.data.Examples;
import io.meanfield.evaluate.Feed;
import io.meanfield.network.Architecture;
import io.meanfield.network.Minibatch;
import io.meanfield.network.Shape;
import java.util.Optional;

/** The examples of one worker on their way into minibatches, with what is for training alone. */
record TrainingFeed(Examples examples, Optional<Distortion> distortion, ClassWeights classWeights) {

  /**
   * The way of the examples into a network.
   *
   * @param augmentation on only where the examples are images of the network's shape
   */
  static TrainingFeed of(
      Examples examples,
      Architecture architecture,
      Augmentation augmentation,
      ClassWeights classWeights) {
    return new TrainingFeed(
        examples,
        augmentation.isOff()
            ? Optional.empty()
            : Shape.of(architecture.network().input())
                .image()
                .map(image -> new Distortion(augmentation, image)),
        classWeights);
  }

  /** Writes an example to a row of the minibatch. */
  void put(int example, Minibatch batch, int row) {
    Feed.features(examples, example, batch, row);
    if (distortion.isPresent()) {
      distortion.get().apply(batch.pixels(), batch.offset(row), batch.key(), row);
    }
    Feed.targets(examples, example, batch, row);
    if (!classWeights.areEven()) {
      batch.weigh(row, classWeights.of(examples.label(example)));
    }
  }
}
