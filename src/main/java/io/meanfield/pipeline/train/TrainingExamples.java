package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.column.TargetSettings;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.TargetRange;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.data.shard.ExampleTotals;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.Folds;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.ReadProgress;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.OutputBounds;
import io.meanfield.network.TargetScale;
import io.meanfield.network.layers.Activation;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.settings.DerivedSettings;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.Optional;
import org.apache.spark.storage.StorageLevel;

/**
 * The data set {@code data.train}, split and balanced. Driver only.
 *
 * @param job with the settings that follow from the data
 * @param split the split of {@code data}
 * @param folds the folds of the training examples
 * @param weights the weights of the training examples
 * @param regression how the network learns and predicts targets that are numbers
 * @param givenValidation the validation examples that the caller gave; empty if {@code split} draws
 *     them
 * @param derived lines about what follows from the data, for a person
 */
public record TrainingExamples(
    JobContext job,
    Dataset data,
    Split split,
    Folds folds,
    ClassBalancing balancing,
    ExampleWeights weights,
    RegressionTargets regression,
    Optional<Dataset> givenValidation,
    List<String> derived)
    implements AutoCloseable {
  /**
   * How a network learns and predicts targets that are numbers.
   *
   * @param scale the scale in which it learns them
   * @param bounds of predictions
   */
  record RegressionTargets(TargetScale scale, OutputBounds bounds) {
    /** Targets are learned and predicted as they are. */
    static final RegressionTargets AS_THEY_ARE =
        new RegressionTargets(TargetScale.NONE, OutputBounds.NONE);

    /** Returns what the settings want for the training examples. */
    static RegressionTargets of(Dataset data, JobSettings settings) {
      TargetSettings wanted = settings.data().columns().preprocessing().targets();
      List<TargetRange> ranges = data.findings().targets();
      if (data.targetKind().isClass() || settings.network().loss().givesProbabilities()) {
        return AS_THEY_ARE;
      }
      boolean isScaled =
          wanted.scale() == TargetSettings.Scale.STANDARD
              && settings.network().output().activation() == Activation.LINEAR;
      return new RegressionTargets(
          isScaled
              ? new TargetScale(
                  ranges.stream().map(TargetRange::mean).toList(),
                  ranges.stream().map(TargetRange::deviation).map(d -> d > 0 ? d : 1.0).toList())
              : TargetScale.NONE,
          wanted.clamp()
              ? new OutputBounds(
                  ranges.stream()
                      .map(range -> new OutputBounds.Range(range.least(), range.most()))
                      .toList())
              : OutputBounds.NONE);
    }
  }

  /**
   * Opens the data set, which stays cached until {@link #close}.
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
   * {@link #close}.
   *
   * @throws UserException if the examples do not suit the network or the settings
   */
  public static TrainingExamples open(
      JobContext job, Source training, Optional<Source> validation) {
    return open(job, training, validation, context(job, Optional.empty()));
  }

  private static TrainingExamples open(
      JobContext job, Source training, Optional<Source> validation, ReadContext context) {
    JobSettings given = job.settings();
    if (validation.isPresent() && given.train().folds() > 1) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "train.folds is %s, but the validation examples are given; set train.folds = 1, or leave"
              + " them out",
          given.train().folds());
    }
    TrainingShare share =
        validation.isPresent() ? new TrainingShare(0, 0, given.seed()) : given.trainingShare();
    Dataset data = training.open(context.fittedTo(share));
    return data.orRelease(
        () -> {
          cache(data);
          Split parts = split(data, share);
          DerivedSettings derived = DerivedSettings.forTraining(given, data, parts);
          JobSettings settings = derived.settings();
          Split split = parts.over(settings.train().workers());
          check(data, settings);
          Optional<Dataset> givenValidation =
              validation.map(source -> validation(job, source, data, settings));
          return of(job, derived, data, split, givenValidation);
        });
  }

  private static Dataset validation(
      JobContext job, Source validation, Dataset training, JobSettings settings) {
    Dataset data = validation.open(context(job, training.encoder()));
    return data.orRelease(
        () -> {
          cache(data);
          check(data, settings);
          Split all = allForValidation(data, settings);
          ExampleWeights.of(data, all, ExampleTotals.of(data, all, Balance.NONE));
          return data;
        });
  }

  // In Spark's cache, because the examples are read several times.
  private static void cache(Dataset data) {
    new DatasetCheck(data).requireTargets("data.train");
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static TrainingExamples of(
      JobContext job,
      DerivedSettings derived,
      Dataset data,
      Split split,
      Optional<Dataset> givenValidation) {
    JobSettings settings = derived.settings();
    split.requireEnoughWorkers();
    Balance balance = settings.data().balance();
    ExampleTotals totals = ExampleTotals.of(data, split, balance);
    RegressionTargets regression = RegressionTargets.of(data, settings);
    return new TrainingExamples(
        job.withSettings(settings),
        data,
        split,
        Folds.of(data, split, totals),
        ClassBalancing.of(data, totals, balance, settings.network().labelClasses()),
        ExampleWeights.of(data, split, totals),
        regression,
        givenValidation,
        DerivedLines.of(job.settings(), derived, data.findings().columns(), regression.scale()));
  }

  private static ReadContext context(JobContext job, Optional<TableEncoder> encoder) {
    int classes = job.settings().labelClasses();
    return ReadContext.of(job.sparkContext(), classes)
        .withEncoder(encoder)
        .withBadRows(job.settings().data().badRows())
        .withTargets();
  }

  static Split allForValidation(Dataset data, JobSettings settings) {
    return new Split(data.count(), data.count(), settings.train().workers(), settings.seed());
  }

  private static void check(Dataset data, JobSettings settings) {
    DatasetCheck check = new DatasetCheck(data);
    check.requireWidth(settings.network().inputs());
    if (!settings.train().augmentation().isOff()) {
      check.requireImages("train.augment");
    }
    check.requireOutputs(settings.network().outputs());
    check.requireDistinctTargets(settings.data().columns().targets());
    if (settings.network().loss().givesProbabilities()) {
      check.requireTargetsOfProbabilities();
    }
  }

  private static Split split(Dataset data, TrainingShare share) {
    Split split = data.split(share);
    if (split.training() == 0) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s none of %s examples for training; set a smaller fraction",
          split.test() > 0
              ? "data.validation-fraction and data.test-fraction leave"
              : "data.validation-fraction leaves",
          data.count());
    }
    return split;
  }

  /** Returns the settings, with what follows from the data. */
  public JobSettings settings() {
    return job.settings();
  }

  /** Returns the number of validation examples that no network learns from. */
  long drawnForValidation() {
    return givenValidation.map(Dataset::count).orElse(split.validation());
  }

  /** Returns the number of validation examples; with folds, all training examples are such. */
  long validation() {
    return givenValidation.map(Dataset::count).orElse(split.scored());
  }

  /** Removes the examples from the cache; call it when the shards are filled. */
  @Override
  public void close() {
    data.release();
    givenValidation.ifPresent(Dataset::release);
  }
}
