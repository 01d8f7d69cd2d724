package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.baseline.BaselineChoice;
import io.meanfield.network.Model;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.ColumnsTable;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.train.EvaluationSummary;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.pipeline.train.RunInspection;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command {@code evaluate}: compares a model's predictions for {@code data.test} with the
 * labels or targets, and writes metrics and predictions as tables of a run.
 */
public final class EvaluateJob {
  private final JobContext job;
  private final String modelName;
  private final BaselineChoice baselines;
  private final SliceOptions slices;

  /**
   * Creates a job.
   *
   * @param modelName the id of a run, the path of a model file, or a version of a registered model
   */
  public EvaluateJob(JobContext job, String modelName) {
    this(job, modelName, job.settings().baselines(), SliceOptions.NONE);
  }

  private EvaluateJob(
      JobContext job, String modelName, BaselineChoice baselines, SliceOptions slices) {
    this.job = job;
    this.modelName = modelName;
    this.baselines = baselines;
    this.slices = slices;
  }

  /** Returns the same job, which compares the model with all baselines, also with slow ones. */
  public EvaluateJob withAllBaselines() {
    return new EvaluateJob(job, modelName, BaselineChoice.ALL, slices);
  }

  /** Returns the same job, which also evaluates parts of the rows. */
  public EvaluateJob withSlices(SliceOptions options) {
    return new EvaluateJob(job, modelName, baselines, options);
  }

  /**
   * Runs the job.
   *
   * @throws io.meanfield.error.UserException if the model, the data or the run's directory cannot
   *     be used, or if the model was trained on the data
   */
  public Outcome run() {
    job.requireWritableRuns();
    ScoringRun scoring = ScoringRun.load(job, modelName);
    ModelReference reference = scoring.reference();
    slices.requireTable(job.settings());
    Dataset data =
        job.named(
            SparkJobs.READING, () -> TestExamples.openLabelled(job, reference, slices.kept()));
    try {
      String fingerprint = job.named(SparkJobs.READING, data::fingerprint);
      reference.requireNotTrainingData(data, fingerprint);
      return RunSupervisor.run(
          job,
          scoring
              .manifest(
                  RunCommand.EVALUATE, Map.of("fingerprint", fingerprint, "examples", data.count()))
              .build(),
          run -> evaluate(run, scoring, data, fingerprint));
    } finally {
      data.release();
    }
  }

  private Outcome evaluate(RunDirectory run, ScoringRun scoring, Dataset data, String fingerprint) {
    Model model = scoring.reference().model();
    ExecutorKernels.record(run, ExecutorKernels.pinAndLoad(model.network(), data.blocks()));
    try (Predictions predictions = Predictions.of(model, data)) {
      Evaluation evaluation = job.named("predicting and scoring", predictions::evaluate);
      EvaluationTables.write(
          run, evaluation, scoring.reference().source(), fingerprint, Instant.now());
      scoring.write(run, predictions, data);
      scoring.reference().encoder().ifPresent(encoder -> ColumnsTable.write(run, encoder));
      List<String> sliced =
          job.named(
              "evaluating slices",
              () -> slices.write(run, model, data, predictions, job.settings().targets()));
      RunInspection inspection = new RunInspection(job, run);
      SparkJobs.run(
          job.spark().sparkContext(),
          SparkJobs.INSPECTING,
          () -> {
            inspection.inspect(model, data, predictions);
            inspection.compare(
                baselines,
                evaluation,
                predictions,
                data.blocks(),
                () -> TrainingRows.baselines(job, scoring.reference(), baselines, data));
          });
      return Outcome.done(
              EvaluationSummary.sentence(evaluation),
              Stream.of(
                      EvaluationSummary.details(run, evaluation, data), inspection.lines(), sliced)
                  .flatMap(List::stream)
                  .toList())
          .withNotes(
              Stream.of(
                      evaluation.notes(),
                      ScoringRun.notes(data),
                      new GroupNote(job).text().stream().toList())
                  .flatMap(List::stream)
                  .toList())
          .withResult(new RunResult(EvaluationSummary.metrics(evaluation), Optional.empty()));
    }
  }
}
