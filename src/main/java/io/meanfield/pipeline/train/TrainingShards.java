package io.meanfield.pipeline.train;

import io.meanfield.batch.GpuTasks;
import io.meanfield.batch.TaskCores;
import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainingData;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** The shards of training and validation examples. Driver only. */
record TrainingShards(TrainingExamples examples) {

  /** Returns the shards, which are filled on first use. */
  TrainingData of(Placement placement) {
    return new TrainingData(
        sizes(),
        training(placement),
        GpuTasks.withGpus(validation()),
        examples.balancing().weights(),
        placement);
  }

  private JobSettings settings() {
    return examples.settings();
  }

  private JavaRDD<ShardGroup> training(Placement placement) {
    JavaRDD<ShardGroup> groups = sharding(placement.shardsPerGroup(settings().train())).training();
    return placement.isOneTask()
        ? TaskCores.with(groups, placement.threads())
        : GpuTasks.withGpus(groups);
  }

  private Sharding sharding(int shardsPerGroup) {
    return new Sharding(
        examples.data(),
        examples.split(),
        examples.balancing().drawn(),
        examples.weights(),
        shardsPerGroup,
        settings().data().chunkSize());
  }

  // The placement does not change these: the sum of their scores depends on their groups.
  private JavaRDD<ShardGroup> validation() {
    int groupSize = settings().train().groupSize();
    return examples
        .givenValidation()
        .map(given -> validation(given, groupSize))
        .orElseGet(() -> sharding(groupSize).validation());
  }

  private JavaRDD<ShardGroup> validation(Dataset given, int groupSize) {
    return new Sharding(
            given,
            TrainingExamples.allForValidation(given, settings()),
            Optional.empty(),
            ExampleWeights.NONE,
            groupSize,
            settings().data().chunkSize())
        .validation();
  }

  private Split sizes() {
    Split balanced = examples.balancing().sizes(examples.split());
    long validation = examples.givenValidation().map(Dataset::count).orElse(balanced.validation());
    return new Split(
        balanced.training() + validation, validation, balanced.workers(), balanced.seed());
  }
}
