package io.meanfield.pipeline.train;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.source.UnscaledColumns;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.contribution.BackgroundRows;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TargetScale;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pretrain.PretrainSettings;
import io.meanfield.pretrain.Pretraining;
import io.meanfield.train.TrainSettings;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingData;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A training that is ready to start: opened examples and the model to start from. {@code train},
 * fits in programs and retraining are this training; they differ in where its epochs are kept.
 * Driver only.
 */
public final class Prepared {
  /** The entry of the manifest that counts the examples which are set aside for tests. */
  static final String TEST = "test";

  /** The entry of the manifest with the setting of the column that divides the examples. */
  public static final String DIVIDED_BY = "divided_by";

  private final TrainingExamples examples;
  private final Model start;
  private final PretrainSettings pretrain;
  private final TrainingListener progress;

  private Prepared(
      TrainingExamples examples,
      Model start,
      PretrainSettings pretrain,
      TrainingListener progress) {
    this.examples = examples;
    this.start = start;
    this.pretrain = pretrain;
    this.progress = progress;
  }

  /**
   * Prepares the model that training starts from.
   *
   * @param examples the data, opened
   * @param progress receives the progress
   * @throws io.meanfield.error.UserException if the settings or the weights cannot be used
   */
  public static Prepared of(
      TrainingExamples examples, TrainingStart start, TrainingListener progress) {
    JobSettings settings = examples.settings();
    progress.planned(settings.train().epochs(), examples.derived());
    Model model = start.model(settings, examples.regression().scale(), progress);
    // Weights that have learned already keep what they know.
    PretrainSettings pretrain =
        start.initialWeights().isEmpty() ? settings.pretrain() : PretrainSettings.OFF;
    Prepared prepared = new Prepared(examples, model, pretrain, progress);
    prepared.selection().requirePossible(examples.validation());
    prepared.intervals().requirePossible(examples.validation());
    settings
        .train()
        .earlyStopping()
        .monitor()
        .requirePossible(prepared.outputs(), examples.validation());
    return prepared;
  }

  /** The context of the job, with the settings that follow from the data. */
  public JobContext job() {
    return examples.job();
  }

  public TrainingExamples examples() {
    return examples;
  }

  /** The model that training starts from. */
  Model start() {
    return start;
  }

  /** Returns the meaning of the network's outputs for the examples. */
  public OutputSpec outputs() {
    return Predictions.outputs(start.network(), examples.data());
  }

  /** Adds to a manifest what determines the model. */
  public RunManifest describe(RunManifest manifest) {
    return describe(manifest, Map.of("fingerprint", examples.data().fingerprint()));
  }

  /** Adds to a manifest what is known without a look at the values of the examples. */
  RunManifest describeWithoutFingerprint(RunManifest manifest) {
    return describe(manifest, Map.of());
  }

  private RunManifest describe(RunManifest manifest, Map<String, String> fingerprint) {
    return manifest
        .entry("seed", examples.settings().seed())
        .entry("workers", examples.settings().train().workers())
        .data("train", describeExamples(fingerprint))
        .settings(examples.settings().config(), start.network());
  }

  private Map<String, Object> describeExamples(Map<String, String> fingerprint) {
    Map<String, Object> description = new LinkedHashMap<>(fingerprint);
    description.put("examples", examples.data().count());
    description.put("training", examples.split().training());
    description.put("validation", examples.drawnForValidation());
    if (examples.split().folds() > 1) {
      description.put("folds", examples.split().folds());
      description.put("fold", examples.folds().size(0));
    }
    if (examples.split().test() > 0) {
      description.put(TEST, examples.split().test());
    }
    examples.data().segments().ifPresent(found -> description.put(DIVIDED_BY, found.setting()));
    examples
        .givenValidation()
        .ifPresent(given -> description.put("chosen_validation_fingerprint", given.fingerprint()));
    examples.weights().trainingSum().ifPresent(sum -> description.put("training_weight", sum));
    TargetScale scale = examples.regression().scale();
    if (!scale.isNone()) {
      description.put(
          "target_scale", Map.of("means", scale.means(), "deviations", scale.deviations()));
    }
    examples
        .balancing()
        .describe()
        .ifPresent(classes -> description.put("training_classes", classes));
    return description;
  }

  /**
   * Trains from the newest epoch on that is kept, and removes the examples from the cache.
   *
   * @throws io.meanfield.error.UserException if the training cannot fit into the memory of the
   *     driver, or has diverged
   */
  Trained train(EpochStore epochs) {
    List<String> unscaled = UnscaledColumns.notes(examples.data()); // while they are cached
    progress.shardsBegan(
        examples.split().training() + examples.validation(), examples.settings().train().workers());
    TrainingData shards = TrainingShards.load(examples, start.network(), epochs::loaded);
    try {
      History history = new History(start.network().engine(), train().earlyStopping());
      TrainingState resumed =
          epochs.resume(history, progress).orElseGet(() -> initial(epochs, shards));
      long began = System.nanoTime();
      TrainingState last = train(epochs, history, resumed, shards);
      TrainingResult result = result(epochs.chosen(last), history, shards);
      return new Trained(
          result, encoder(shards), history, notes(result, history, unscaled), shards, began);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      shards.release();
      throw e;
    }
  }

  private Optional<TableEncoder> encoder(TrainingData shards) {
    return examples
        .data()
        .encoder()
        .map(
            encoder ->
                encoder.withBackground(
                    job()
                        .named(
                            "choosing background rows",
                            () ->
                                BackgroundRows.of(
                                    encoder,
                                    shards.training().flatMap(ShardGroup::chunks),
                                    examples.split().training(),
                                    start.network().inputs(),
                                    examples.settings().seed()))));
  }

  private TrainSettings train() {
    return examples.settings().train();
  }

  private TrainingState initial(EpochStore epochs, TrainingData shards) {
    Pretraining pretraining =
        new Pretraining(pretrain, train(), examples.settings().seed(), shards);
    LearnerState learned = pretraining.run(start.network().settings(), start.state());
    epochs.pretrained(pretraining);
    return TrainingState.initial(learned);
  }

  private TrainingState train(
      EpochStore epochs, History history, TrainingState from, TrainingData shards) {
    List<TrainingListener> listeners =
        Stream.of(List.of(history), epochs.listeners(), List.of(progress))
            .<TrainingListener>flatMap(List::stream)
            .toList();
    return new Trainer(train(), examples.settings().seed(), listeners)
        .train(start.network(), from, shards);
  }

  private TrainingResult result(TrainingState chosen, History history, TrainingData shards) {
    long began = System.nanoTime();
    // Its outputs are in the unit of the targets.
    Model trained =
        start.with(chosen.learner()).inUnitOfTargets().within(examples.regression().bounds());
    TrainingResult result =
        job()
            .named(
                "validation of the model",
                () ->
                    TrainingResult.of(
                        trained, train().calibration(), selection(), intervals(), shards));
    history.timeSpent(TimeBreakdown.validating(Duration.ofNanos(System.nanoTime() - began)));
    return result;
  }

  private IntervalSelection intervals() {
    return new IntervalSelection(train().intervals(), outputs());
  }

  private ThresholdSelection selection() {
    return new ThresholdSelection(examples.settings().threshold(), outputs());
  }

  private List<String> notes(TrainingResult result, History history, List<String> unscaled) {
    Optional<String> diagnosis = TrainSummary.diagnosis(history, train().earlyStopping());
    return Stream.of(
            result.notes(diagnosis, examples.balancing()).stream(),
            unscaled.stream(),
            SkippedRowsTable.note(examples.data()).stream())
        .flatMap(notes -> notes)
        .toList();
  }
}
