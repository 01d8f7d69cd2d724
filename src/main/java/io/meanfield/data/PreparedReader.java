package io.meanfield.data;

import com.typesafe.config.Config;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Opens what a run of the command {@code prepare} has written; driver only. */
final class PreparedReader {
  private PreparedReader() {}

  /**
   * Opens it.
   *
   * @param known how the examples of a model became numbers: these must have become so, too
   * @throws Complaint if there is no such data set, or it is not complete
   */
  static Dataset open(
      JavaSparkContext spark, Source.Prepared source, int classes, Optional<Encodings> known) {
    RunDirectory run = find(spark, source);
    Preparation prepared = Preparation.read(json(run));
    Source.Parquet table =
        new Source.Parquet(
            List.of(run.table(Preparation.TABLE.name()).toString()), prepared.columns());
    Optional<Encodings> encodings =
        run.readBytes(Encodings.FILE)
            .map(
                bytes ->
                    Encodings.parse(
                        new String(bytes, StandardCharsets.UTF_8),
                        run.shown() + "/" + Encodings.FILE));
    requireSame(run, encodings, known);
    return ParquetReader.open(spark, table, classes, Optional.empty())
        .with(encodings, prepared.answers(), run.shown());
  }

  private static RunDirectory find(JavaSparkContext spark, Source.Prepared source) {
    RunDirectory run =
        RunDirectory.find(spark.hadoopConfiguration(), source.runs(), new RunId(source.name()))
            .orElseThrow(
                () ->
                    new Complaint(
                        ErrorCode.WRONG_SETTINGS,
                        "there is no prepared data set "
                            + source.name()
                            + " in "
                            + source.runs()
                            + "; scripts/submit prepare --run-id "
                            + source.name()
                            + " makes one"));
    if (run.successSentence().isEmpty()) {
      throw new Complaint(
          ErrorCode.WRONG_SETTINGS,
          "the data set in " + run.shown() + " is not complete; prepare it with the same command");
    }
    return run;
  }

  private static Config json(RunDirectory run) {
    return run.read(Preparation.FILE)
        .orElseThrow(
            () ->
                new Complaint(
                    ErrorCode.WRONG_SETTINGS,
                    run.shown()
                        + " has no "
                        + Preparation.FILE
                        + "; expected a run of the command prepare"));
  }

  // One class number, or one input, must not mean two things.
  private static void requireSame(
      RunDirectory run, Optional<Encodings> found, Optional<Encodings> known) {
    if (known.isPresent() && !found.equals(known)) {
      throw new Complaint(
          ErrorCode.MODEL_UNUSABLE,
          run.shown()
              + " was prepared with other columns or words than the data that the model was trained"
              + " on; prepare it with --like and the id of the training run");
    }
  }
}
