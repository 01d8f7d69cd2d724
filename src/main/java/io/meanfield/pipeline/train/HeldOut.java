package io.meanfield.pipeline.train;

import io.meanfield.data.Examples;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.network.Model;
import io.meanfield.train.TrainingData;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * Examples on which one model and its baselines are compared, because none of them has seen them:
 * the validation examples, or the first fold, which the first member of the ensemble left out.
 * Driver only.
 *
 * @param isFold whether the examples are the first fold
 * @param ensemble the whole model
 * @param model that has not seen the examples
 * @param examples labelled
 * @param count their number
 * @param training what the model has learned from
 */
record HeldOut(
    boolean isFold,
    Model ensemble,
    Model model,
    JavaRDD<ShardGroup> examples,
    long count,
    JavaRDD<Examples> training) {

  static HeldOut of(Model model, TrainingData shards, TrainingExamples examples) {
    if (shards.split().folds() == 1) {
      return new HeldOut(
          false,
          model,
          model,
          shards.validation(),
          examples.validation(),
          shards.training().flatMap(ShardGroup::chunks));
    }
    Fold first = new Fold(0);
    return new HeldOut(
        true,
        model,
        model.member(first.number()),
        shards.validation().filter(group -> group.fold().equals(Optional.of(first))),
        examples.folds().size(0),
        shards.training().flatMap(group -> group.chunksWithout(first)));
  }

  JavaRDD<Examples> chunks() {
    return examples.flatMap(ShardGroup::chunks);
  }
}
