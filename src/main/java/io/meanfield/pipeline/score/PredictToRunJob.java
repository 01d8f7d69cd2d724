package io.meanfield.pipeline.score;

import io.meanfield.data.Dataset;
import io.meanfield.evaluate.ContributionTable;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.network.Model;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.storage.StorageLevel;

/**
 * The command {@code predict} without a place for its rows: writes a model's predictions for {@code
 * data.test}, labelled or unlabelled, as a table of a run. {@link PredictToOutputJob} writes them
 * to another place.
 */
public final class PredictToRunJob {
  private final JobContext job;
  private final String modelName;
  private final boolean explains;

  /**
   * Creates a job.
   *
   * @param modelName the id of a run, the path of a model file, or a version of a registered model
   */
  public PredictToRunJob(JobContext job, String modelName) {
    this(job, modelName, false);
  }

  private PredictToRunJob(JobContext job, String modelName, boolean explains) {
    this.job = job;
    this.modelName = modelName;
    this.explains = explains;
  }

  /** Returns the same job, which also writes the table {@code contributions}. */
  public PredictToRunJob withContributions() {
    return new PredictToRunJob(job, modelName, true);
  }

  /**
   * Runs the job.
   *
   * @throws io.meanfield.error.UserException if the model, the data or the run's directory cannot
   *     be used
   */
  public Outcome run() {
    job.requireWritableRuns();
    ScoringRun scoring = ScoringRun.load(job, modelName);
    Dataset data = job.named(SparkJobs.READING, () -> TestExamples.open(job, scoring.reference()));
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      String fingerprint = job.named(SparkJobs.READING, data::fingerprint);
      Optional<Contributions> contributions =
          explains
              ? Optional.of(
                  scoring.contributions(
                      Predictions.outputs(scoring.reference().model().network(), data)
                          .with(scoring.reference().model().threshold())))
              : Optional.empty();
      RunManifest manifest =
          scoring.manifest(
              RunCommand.PREDICT, Map.of("fingerprint", fingerprint, "examples", data.count()));
      return RunSupervisor.run(
          job,
          (explains ? manifest.entry("contributions", true) : manifest).build(),
          run -> predict(run, scoring, data, contributions));
    } finally {
      data.release();
    }
  }

  private Outcome predict(
      RunDirectory run, ScoringRun scoring, Dataset data, Optional<Contributions> explained) {
    Model model = scoring.reference().model();
    ExecutorKernels.record(run, ExecutorKernels.pinAndLoad(model.network(), data.blocks()));
    try (Predictions predictions = Predictions.of(model, data)) {
      scoring.write(run, predictions, data);
      explained.ifPresent(
          contributions ->
              SparkJobs.run(
                  job.spark().sparkContext(),
                  "explaining predictions",
                  () ->
                      ContributionTable.write(
                          job.spark(), run, model, contributions, data.blocks())));
      Path table = run.path("tables/predictions");
      return Outcome.done(
              "predicted " + data.count() + " examples",
              Stream.of(
                      List.of("tables   " + run.display() + "/tables"),
                      FirstRows.lines(RowFormat.PARQUET.read(job.spark(), table)),
                      explained.isEmpty()
                          ? List.<String>of()
                          : ContributionLines.of(
                              RowFormat.PARQUET.read(
                                  job.spark(), run.path("tables/" + ContributionTable.NAME))))
                  .flatMap(List::stream)
                  .toList())
          .withNotes(ScoringRun.notes(data));
    }
  }
}
