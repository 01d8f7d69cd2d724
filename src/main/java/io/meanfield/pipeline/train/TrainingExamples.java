package io.meanfield.pipeline.train;

import io.meanfield.batch.GpuTasks;
import io.meanfield.batch.TaskCores;
import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.ReadProgress;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.TargetScale;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.train.Placement;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.TrainingData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * The data set {@code data.train}, split and balanced. Driver only.
 *
 * @param settings the settings of the job, with what follows from the data
 * @param split the split of {@code data}
 * @param weights the weights of the training examples
 * @param regression how the network learns and predicts targets that are numbers
 * @param givenValidation the validation examples that the caller gave; empty if {@code split} draws
 *     them
 * @param beganNanos when reading began, on the clock of {@link System#nanoTime}
 */
public record TrainingExamples(
    JobSettings settings,
    Dataset data,
    Split split,
    ClassBalancing balancing,
    ExampleWeights weights,
    RegressionTargets regression,
    Optional<Dataset> givenValidation,
    long beganNanos) {
  /** The entry of the description that counts the examples which are set aside for tests. */
  static final String TEST = "test";

  /**
   * Opens the data set, which stays cached until {@link #release}.
   *
   * @param encoder the encoder of the model that training starts from; empty for none
   * @param progress learns how far the reading has advanced
   * @throws UserException if the examples do not suit the network or the settings
   */
  public static TrainingExamples open(
      JobContext job, Optional<TableEncoder> encoder, ReadProgress progress) {
    return open(
        job,
        job.settings().data().train(),
        Optional.empty(),
        context(job, encoder).withProgress(progress));
  }

  /**
   * Opens training examples and the validation examples that belong to them; both stay cached until
   * {@link #release}.
   *
   * @throws UserException if the examples do not suit the network or the settings
   */
  public static TrainingExamples open(
      JobContext job, Source training, Optional<Source> validation) {
    return open(job, training, validation, context(job, Optional.empty()));
  }

  private static TrainingExamples open(
      JobContext job, Source training, Optional<Source> validation, ReadContext context) {
    long beganNanos = System.nanoTime();
    JobSettings given = job.settings();
    TrainingShare share =
        validation.isPresent() ? new TrainingShare(0, 0, given.seed()) : given.trainingShare();
    Dataset data = training.open(context.fittedTo(share));
    return data.orRelease(
        () -> {
          cache(data);
          JobSettings settings = given.forTraining(data, split(data, share, 1).training());
          Split split = split(data, share, settings.train().workers());
          check(data, settings);
          Optional<Dataset> givenValidation =
              validation.map(source -> validation(job, source, data, settings));
          return of(settings, data, split, givenValidation, beganNanos);
        });
  }

  private static Dataset validation(
      JobContext job, Source validation, Dataset training, JobSettings settings) {
    Dataset data = validation.open(context(job, training.encoder()));
    return data.orRelease(
        () -> {
          cache(data);
          check(data, settings);
          ExampleWeights.of(data, allForValidation(data, settings));
          return data;
        });
  }

  // In Spark's cache, because the examples are read several times.
  private static void cache(Dataset data) {
    new DatasetCheck(data).requireTargets("data.train");
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static TrainingExamples of(
      JobSettings settings,
      Dataset data,
      Split split,
      Optional<Dataset> givenValidation,
      long beganNanos) {
    ClassBalancing balancing =
        ClassBalancing.of(
            data, split, settings.data().balance(), settings.network().labelClasses());
    split.requireEnoughWorkers();
    return new TrainingExamples(
        settings,
        data,
        split,
        balancing,
        ExampleWeights.of(data, split),
        RegressionTargets.of(data, settings),
        givenValidation,
        beganNanos);
  }

  private static ReadContext context(JobContext job, Optional<TableEncoder> encoder) {
    int classes = job.settings().labelClasses();
    return ReadContext.of(job.sparkContext(), classes)
        .withEncoder(encoder)
        .withBadRows(job.settings().data().badRows())
        .withTargets();
  }

  private static Split allForValidation(Dataset data, JobSettings settings) {
    return new Split(data.count(), data.count(), settings.train().workers(), settings.seed());
  }

  private static void check(Dataset data, JobSettings settings) {
    DatasetCheck check = new DatasetCheck(data);
    check.requireWidth(settings.network().inputs());
    if (!settings.train().augmentation().isOff()) {
      check.requireImages("train.augment");
    }
    check.requireOutputs(settings.network().outputs());
    if (settings.network().loss().givesProbabilities()) {
      check.requireTargetsOfProbabilities();
    }
  }

  private static Split split(Dataset data, TrainingShare share, int workers) {
    Split split = Split.of(data.count(), share, workers);
    if (split.training() == 0) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          (split.test() > 0
                  ? "data.validation-fraction and data.test-fraction leave none of "
                  : "data.validation-fraction leaves none of ")
              + data.count()
              + " examples for training; set a smaller fraction");
    }
    return split;
  }

  /** Returns the number of validation examples. */
  long validation() {
    return givenValidation.map(Dataset::count).orElse(split.validation());
  }

  /** Describes the examples for the manifest. */
  Map<String, Object> describe() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("fingerprint", data.fingerprint());
    description.put("examples", data.count());
    description.put("training", split.training());
    description.put("validation", validation());
    if (split.test() > 0) {
      description.put(TEST, split.test());
    }
    givenValidation.ifPresent(
        examples -> description.put("chosen_validation_fingerprint", examples.fingerprint()));
    weights.trainingSum().ifPresent(sum -> description.put("training_weight", sum));
    TargetScale scale = regression.scale();
    if (!scale.isNone()) {
      description.put(
          "target_scale", Map.of("means", scale.means(), "deviations", scale.deviations()));
    }
    balancing.describe().ifPresent(classes -> description.put("training_classes", classes));
    return description;
  }

  /** Returns the shards, which are filled on first use. */
  TrainingData shards(Placement placement) {
    TrainSettings train = settings.train();
    JavaRDD<ShardGroup> groups = sharding(placement.shardsPerGroup(train)).training();
    // The placement does not change these: the sum of their scores depends on their groups.
    JavaRDD<ShardGroup> validation =
        givenValidation
            .map(given -> validationSharding(given, train.groupSize()))
            .orElseGet(() -> sharding(train.groupSize()))
            .validation();
    return new TrainingData(
        new Split(split.training() + validation(), validation(), split.workers(), split.seed()),
        placement.isOneTask()
            ? TaskCores.with(groups, placement.threads())
            : GpuTasks.withGpus(groups),
        GpuTasks.withGpus(validation),
        balancing.weights(),
        placement);
  }

  private Sharding sharding(int shardsPerGroup) {
    return new Sharding(data, split, weights, shardsPerGroup, settings.data().chunkSize());
  }

  private Sharding validationSharding(Dataset given, int shardsPerGroup) {
    return new Sharding(
        given,
        allForValidation(given, settings),
        ExampleWeights.NONE,
        shardsPerGroup,
        settings.data().chunkSize());
  }

  /** Removes the examples from the cache; call it when the shards are filled. */
  public void release() {
    data.release();
    givenValidation.ifPresent(Dataset::release);
  }
}
