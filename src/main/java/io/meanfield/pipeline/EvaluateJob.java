package io.meanfield.pipeline;

import io.meanfield.data.Dataset;
import io.meanfield.data.UnknownCategories;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.EvaluationTables;
import io.meanfield.evaluate.Predictions;
import io.meanfield.network.Kernels;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import io.meanfield.tracking.spark.SparkJobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.storage.StorageLevel;

/**
 * The commands {@code evaluate} and {@code predict}: apply a model to {@code data.test} in a run of
 * their own.
 */
public final class EvaluateJob {
  private final JobContext job;
  private final JobSettings settings;
  private final String modelName;

  /**
   * Creates a job.
   *
   * @param modelName the id of a run, the path of a model file, or a version of a registered model
   */
  public EvaluateJob(JobContext job, String modelName) {
    this.job = job;
    this.settings = job.settings();
    this.modelName = modelName;
  }

  /**
   * Compares the model's predictions with the labels or targets and writes metrics and predictions.
   *
   * @throws io.meanfield.error.UserException if the model, the data or the run's directory cannot
   *     be used, or if the model was trained on the data
   */
  public Outcome evaluate() {
    job.requireWritableRuns();
    ModelReference reference = reference();
    Dataset data = job.named(SparkJobs.READING, () -> TestExamples.openLabelled(job, reference));
    try {
      String fingerprint = job.named(SparkJobs.READING, data::fingerprint);
      reference.requireNotTrainingData(fingerprint);
      return supervise(
          manifest(RunCommand.EVALUATE, reference, data, fingerprint),
          run -> evaluate(run, reference, data, fingerprint));
    } finally {
      data.release();
    }
  }

  private Outcome evaluate(
      RunDirectory run, ModelReference reference, Dataset data, String fingerprint) {
    ExecutorReport.record(run, reference.model().network(), data.blocks());
    try (Predictions predictions = Predictions.of(reference.model(), data)) {
      Evaluation evaluation = job.named("predicting and scoring", predictions::evaluate);
      EvaluationTables.write(run, evaluation, reference.source(), fingerprint, Instant.now());
      write(predictions, run, reference, data);
      SparkJobs.run(
          job.spark().sparkContext(),
          SparkJobs.INSPECTING,
          () -> new RunInspection(job, run).inspect(reference.model(), data, predictions));
      return Outcome.done(
              EvaluationSummary.sentence(evaluation), EvaluationSummary.details(run, evaluation))
          .withNotes(Stream.concat(evaluation.notes().stream(), notes(data).stream()).toList())
          .withResult(new RunResult(EvaluationSummary.metrics(evaluation), Optional.empty()));
    }
  }

  /**
   * Writes predictions for examples, labelled or unlabelled, as a table of the run; {@link
   * PredictJob} writes them to another place.
   *
   * @throws io.meanfield.error.UserException if the model, the data or the run's directory cannot
   *     be used
   */
  public Outcome predict() {
    job.requireWritableRuns();
    ModelReference reference = reference();
    Dataset data = job.named(SparkJobs.READING, () -> TestExamples.open(job, reference));
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return supervise(
          manifest(
              RunCommand.PREDICT, reference, data, job.named(SparkJobs.READING, data::fingerprint)),
          run -> predict(run, reference, data));
    } finally {
      data.release();
    }
  }

  private Outcome predict(RunDirectory run, ModelReference reference, Dataset data) {
    ExecutorReport.record(run, reference.model().network(), data.blocks());
    try (Predictions predictions = Predictions.of(reference.model(), data)) {
      write(predictions, run, reference, data);
      return Outcome.done(
              "predicted " + data.count() + " examples",
              List.of("tables   " + run.display() + "/tables"))
          .withNotes(notes(data));
    }
  }

  private void write(
      Predictions predictions, RunDirectory run, ModelReference reference, Dataset data) {
    SparkJobs.run(
        job.spark().sparkContext(),
        SparkJobs.WRITING_PREDICTIONS,
        () -> {
          predictions.write(job.spark(), run, reference.source());
          SkippedRowsTable.write(run, Map.of("data.test", data));
        });
  }

  private static List<String> notes(Dataset data) {
    return Stream.concat(
            UnknownCategories.notes(data).stream(), SkippedRowsTable.note(data).stream())
        .toList();
  }

  private ModelReference reference() {
    Kernels kernels = RunKernels.pin(job); // first, because reading a model loads the libraries
    ModelReference reference =
        ModelReference.resolve(job.catalog(), modelName).withEngine(settings.engine(), kernels);
    reference.version().ifPresent(version -> job.measurements().model(version.name().model()));
    return reference;
  }

  private Manifest manifest(
      RunCommand command, ModelReference reference, Dataset data, String fingerprint) {
    return RunManifest.of(command, job)
        .entry("model", reference.describe())
        .data("test", Map.of("fingerprint", fingerprint, "examples", data.count()))
        .kernels(reference.model().network().kernels())
        .settings(settings.runAndData())
        .build();
  }

  private Outcome supervise(Manifest manifest, RunSupervisor.Job work) {
    RunDirectory run = job.runs().claim(job.id(), manifest);
    return RunSupervisor.of(job).run(run, manifest, false, work);
  }
}
