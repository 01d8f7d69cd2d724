package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.UnknownCategories;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The run of a job that applies a model to {@code data.test}: what the commands {@code evaluate}
 * and {@code predict} share. Driver only.
 */
record ScoringRun(JobContext job, ModelReference reference) {

  /**
   * Loads the model.
   *
   * @param modelName the id of a run, the path of a model file, or a version of a registered model
   * @throws io.meanfield.error.UserException if the model cannot be used
   */
  static ScoringRun load(JobContext job, String modelName) {
    ModelReference reference = ModelReference.load(job, modelName);
    reference.version().ifPresent(version -> job.measurements().model(version.name().model()));
    return new ScoringRun(job, reference);
  }

  /**
   * Starts the manifest of the run.
   *
   * @param test describes the examples
   */
  RunManifest manifest(RunCommand command, Map<String, Object> test) {
    return RunManifest.of(command, job)
        .entry("model", reference.describe())
        .data("test", test)
        .kernels(reference.model().network().kernels())
        .settings(job.settings().runAndData());
  }

  /** Writes the tables of the predictions and of the rows that cannot be used. */
  void write(RunDirectory run, Predictions predictions, Dataset data) {
    SparkJobs.run(
        job.spark().sparkContext(),
        SparkJobs.WRITING_PREDICTIONS,
        () -> {
          predictions.write(job.spark(), run, reference.source());
          SkippedRowsTable.write(run, Map.of("data.test", data));
        });
  }

  /**
   * Returns what explains the rows of the model.
   *
   * @throws io.meanfield.error.UserException if the model cannot be explained
   */
  Contributions contributions(OutputSpec outputs) {
    return Contributions.of(
        reference.model().network(),
        reference
            .encoder()
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.MODEL_UNUSABLE,
                        "contributions are of the columns of a table, but %s was trained on no"
                            + " table; leave --contributions out",
                        reference.name())),
        outputs);
  }

  /** Returns sentences about examples that the model does not know or that cannot be used. */
  static List<String> notes(Dataset data) {
    return Stream.concat(
            UnknownCategories.notes(data).stream(), SkippedRowsTable.note(data).stream())
        .toList();
  }
}
