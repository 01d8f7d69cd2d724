package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.baseline.BaselineChoice;
import io.meanfield.evaluate.baseline.BaselineScore;
import io.meanfield.evaluate.baseline.Baselines;
import io.meanfield.evaluate.inspection.Inspection;
import io.meanfield.network.Model;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.RunPageFile;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.TrainingData;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inspects the model of a run and writes the tables that only the page of the run shows. A failure
 * costs a warning and never the run. Driver only.
 */
public final class RunInspection {
  private static final Logger LOG = LoggerFactory.getLogger(RunInspection.class);

  private final JobContext job;
  private final RunDirectory run;
  private final PageContent content;
  private List<BaselineScore> scores = List.of();

  public RunInspection(JobContext job, RunDirectory run) {
    this.job = job;
    this.run = run;
    this.content = job.settings().page();
  }

  /** Inspects a trained model on its validation examples, if it has any. */
  void inspect(Trained trained, TrainingExamples examples) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          EvaluationTables.deleteClasses(run);
          Inspection.delete(run);
          BaselineScore.delete(run);
          if (content != PageContent.NONE && examples.validation() > 0) {
            inspectValidation(trained, examples);
          }
        });
  }

  private void inspectValidation(Trained trained, TrainingExamples examples) {
    Model model = trained.model();
    TrainingData shards = trained.shards();
    try (Predictions predictions =
        Predictions.ofShards(model, ThresholdSelection.VALIDATION, shards.validation())) {
      Evaluation evaluation = trained.result().validation().orElseGet(predictions::evaluate);
      EvaluationTables.writeClasses(run, evaluation);
      HeldOut heldOut = HeldOut.of(model, shards, examples);
      if (isCompared()) {
        compare(heldOut, evaluation, predictions, examples);
      }
      new Inspection(
              shards.validation().flatMap(ShardGroup::chunks),
              examples.validation(),
              new Inspection.Permuted(heldOut.model(), heldOut.chunks(), heldOut.count()),
              trained.encoder(),
              job.settings().seed())
          .write(run, predictions);
    }
  }

  private void compare(
      HeldOut heldOut, Evaluation evaluation, Predictions predictions, TrainingExamples examples) {
    Supplier<Optional<Baselines>> baselines = () -> baselines(heldOut, examples);
    if (!heldOut.isFold()) {
      compare(choice(), evaluation, predictions, heldOut.chunks(), baselines);
      return;
    }
    try (Predictions ofFold =
        Predictions.ofShards(
            heldOut.ensemble(), ThresholdSelection.VALIDATION, heldOut.examples())) {
      compare(choice(), ofFold.evaluate(), ofFold, heldOut.chunks(), baselines);
    }
  }

  /** Inspects a model on the examples that it has predicted. */
  public void inspect(Model model, Dataset data, Predictions predictions) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          Inspection.delete(run);
          BaselineScore.delete(run);
          if (content != PageContent.NONE) {
            new Inspection(
                    model, data.blocks(), data.count(), data.encoder(), job.settings().seed())
                .write(run, predictions);
          }
        });
  }

  // What a night's model has to be better than is the champion.
  private boolean isCompared() {
    return RunCommand.of(run.manifest()).filter(RunCommand.RETRAIN::equals).isEmpty();
  }

  private BaselineChoice choice() {
    return job.settings().baselines();
  }

  private Optional<Baselines> baselines(HeldOut heldOut, TrainingExamples examples) {
    return examples
        .data()
        .encoder()
        .map(
            encoder ->
                new Baselines(
                    job.spark(),
                    heldOut.model(),
                    encoder,
                    heldOut.training(),
                    examples.split().training() - (heldOut.isFold() ? heldOut.count() : 0)));
  }

  /**
   * Compares a model with baselines.
   *
   * @param evaluation of the model
   * @param examples that it has predicted
   * @param baselines none if there can be none
   */
  public void compare(
      BaselineChoice choice,
      Evaluation evaluation,
      Predictions predictions,
      JavaRDD<Examples> examples,
      Supplier<Optional<Baselines>> baselines) {
    warnOfFailure(
        run,
        job.interruption(),
        () -> {
          boolean isWanted =
              choice == BaselineChoice.ALL
                  || (choice == BaselineChoice.AUTO && content != PageContent.NONE);
          scores =
              isWanted
                  ? baselines
                      .get()
                      .map(
                          found ->
                              found.scores(
                                  choice,
                                  job.settings().seed(),
                                  evaluation,
                                  predictions.spec(),
                                  examples))
                      .orElse(List.of())
                  : List.of();
          if (scores.isEmpty()) {
            BaselineScore.delete(run);
          } else {
            BaselineScore.write(run, scores);
          }
        });
  }

  /** Returns a line for a person that compares the model with its baselines. */
  public List<String> lines() {
    return BaselineLine.of(scores).stream().toList();
  }

  public static void warnOfFailure(
      RunDirectory run, Interruption interruption, Runnable inspection) {
    RunPageFile.orWarning(
        interruption,
        () -> {
          inspection.run();
          return Optional.empty();
        },
        failure ->
            LOG.warn(
                "the page of run {} lacks the inspection of the model: {}", run.id(), failure));
  }
}
