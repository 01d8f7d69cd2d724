package io.meanfield.pipeline.score;

import io.meanfield.data.encoding.SkippedRows;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.evaluate.RowScoring;
import io.meanfield.network.EngineNetwork;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.ModelExport;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.Output;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The command {@code predict} with a place for its rows: scores {@code data.test} where it is read,
 * and writes the rows outside of the run. The run keeps manifest and status.
 */
public final class PredictToOutputJob {
  private final JobContext job;
  private final String modelName;
  private final PredictOutput target;
  private final boolean explains;

  /**
   * Creates a job.
   *
   * @param modelName the id of a run, the path of a model file, or a version of a registered model
   */
  public PredictToOutputJob(JobContext job, String modelName, PredictOutput target) {
    this(job, modelName, target, false);
  }

  private PredictToOutputJob(
      JobContext job, String modelName, PredictOutput target, boolean explains) {
    this.job = job;
    this.modelName = modelName;
    this.target = target;
    this.explains = explains;
  }

  /** Returns the same job, whose rows also have the contributions of columns. */
  public PredictToOutputJob withContributions() {
    return new PredictToOutputJob(job, modelName, target, true);
  }

  /**
   * Scores the rows and writes them.
   *
   * @throws io.meanfield.error.UserException if the model, the data, the run's directory or the
   *     output cannot be used
   */
  public Outcome run() {
    long began = System.nanoTime();
    job.requireWritableRuns();
    // First, because the settings are those of its run.
    ScoringRun scoring = ScoringRun.load(job, modelName);
    target.requireSupported(job.settings());
    InputRows rows = job.named(SparkJobs.READING, () -> open(scoring.reference()));
    try {
      return run(scoring, rows, began);
    } finally {
      rows.releaseRows().run();
    }
  }

  private Outcome run(ScoringRun scoring, InputRows rows, long began) {
    ModelReference reference = scoring.reference();
    rows.requireWidth(reference.model().network().inputs());
    PredictionColumns columns = columns(reference, rows);
    RowScoring rowScoring =
        new RowScoring(
            reference.model(),
            reference.source(),
            rows,
            target.columns(),
            columns,
            explains ? Optional.of(scoring.contributions(columns.spec())) : Optional.empty());
    target.requireColumns(rowScoring.fields());
    RunManifest manifest =
        scoring.manifest(RunCommand.PREDICT, rows.identity()).entry("output", target.describe());
    return RunSupervisor.run(
        job,
        (explains ? manifest.entry("contributions", true) : manifest).build(),
        held -> write(held, reference.model().network(), rows, rowScoring, began));
  }

  private InputRows open(ModelReference reference) {
    job.requireSuitableCluster("data.test", job.settings().data().test());
    EngineNetwork network = reference.model().network();
    ReadContext context =
        ReadContext.of(job.sparkContext(), network.settings().labelClasses())
            .withEncoder(reference.encoder())
            .withBadRows(job.settings().data().badRows());
    return job.settings().data().test().rows(context, target.columns());
  }

  private PredictionColumns columns(ModelReference reference, InputRows rows) {
    return ModelExport.columns(
        reference.model(),
        rows.inputs().targets(),
        reference.encoder().flatMap(TableEncoder::labels).map(Vocabulary::values).orElse(List.of()),
        job.settings().targets());
  }

  private Outcome write(
      RunDirectory run, EngineNetwork network, InputRows rows, RowScoring scoring, long began) {
    Output output = target.open(job);
    ExecutorKernels.record(run, ExecutorKernels.pinAndLoad(network, tasks()));
    SparkJobs.run(
        job.spark().sparkContext(),
        SparkJobs.WRITING_PREDICTIONS,
        () ->
            output.write(
                run,
                scoring.score(job.spark(), run.id()),
                target.partitionBy(),
                () -> requireRows(rows, scoring)));
    SkippedRows skipped = rows.skipped().get();
    SkippedRowsTable.write(run, "data.test", skipped);
    String speed = speed(scoring.count(), System.nanoTime() - began, cores());
    return Outcome.done(
            "predicted " + scoring.count() + " rows",
            Stream.of(
                    List.of("out      " + output.display(), "speed    " + speed),
                    FirstRows.lines(ContributionLines.without(output.rows(job.spark()))),
                    explains ? ContributionLines.of(output.rows(job.spark())) : List.<String>of())
                .flatMap(List::stream)
                .toList())
        .withNotes(notes(scoring, skipped, rows));
  }

  /** Returns the rows a second, in all and for each core, as a sentence without a full stop. */
  static String speed(long rows, long nanos, int cores) {
    double seconds = Math.max(1, nanos) / 1e9;
    double rate = rows / seconds;
    return String.format(
        Locale.ROOT,
        "%.0f rows a second, %.0f for each core (%d rows, %.2f s, %d cores)",
        rate,
        rate / cores,
        rows,
        seconds,
        cores);
  }

  // After the rows are written, because another pass would count skipped rows once more.
  private static void requireRows(InputRows rows, RowScoring scoring) {
    SkippedRows skipped = rows.skipped().get();
    if (scoring.count() == 0) {
      throw skipped.count() == 0
          ? rows.empty()
          : UserException.of(
              ErrorCode.DATA_UNREADABLE,
              "no row can be used: %s",
              skipped.text(0, rows.inputs().display()));
    }
  }

  private static List<String> notes(RowScoring scoring, SkippedRows skipped, InputRows rows) {
    return Stream.concat(
            scoring.notes().stream(),
            SkippedRowsTable.note(skipped, scoring.count(), rows.inputs().display()).stream())
        .toList();
  }

  /** Returns one partition for each core, to reach the executors before any data are read. */
  private JavaRDD<Integer> tasks() {
    return job.sparkContext().parallelize(IntStream.range(0, cores()).boxed().toList(), cores());
  }

  private int cores() {
    return Math.max(1, job.sparkContext().defaultParallelism());
  }
}
