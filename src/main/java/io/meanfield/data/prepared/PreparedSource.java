package io.meanfield.data.prepared;

import io.meanfield.data.Dataset;
import io.meanfield.data.Segments;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.ParquetSource;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A data set that the command {@code prepare} has written.
 *
 * @param runs the directory of runs
 * @param name the id of the run
 * @param dividing the column by which the settings divide the examples; empty for none
 */
public record PreparedSource(String runs, String name, Optional<DividingColumn> dividing)
    implements Source {
  /** Reads the key {@code name}. */
  public static Source read(SourceSettings settings) {
    return settings.locatedBy(
        "name",
        () ->
            new PreparedSource(
                settings.runs(), settings.part().string("name"), settings.roles().dividing()));
  }

  /**
   * Returns the settings of the data set with this name.
   *
   * @throws UserException unless there is one name
   */
  public static Map<String, Object> located(List<String> names) {
    if (names.size() != 1) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--data must be one RUN-ID, because data.format is prepared; found %s names",
          names.size());
    }
    return Map.of("name", names.get(0));
  }

  @Override
  public Dataset open(ReadContext context) {
    RunDirectory run = find(context.spark());
    DatasetFile file = file(run);
    DatasetFile.Content content = file.content();
    ParquetSource table =
        new ParquetSource(
            List.of(run.table(PreparedTable.TABLE.name()).toString()), content.columns());
    Optional<TableEncoder> encoder = EncodingsFile.read(run);
    requireDivided(run, file.segments());
    requireSameEncoder(run, encoder, context.encoder());
    ReadContext read = ReadContext.of(context.spark(), context.classes());
    Dataset data =
        table
            .openNumbered(
                context.fitting().map(read::fittedTo).orElse(read),
                PreparedTable.ID,
                file.examples(),
                file.segments())
            .with(encoder, content.targetKind(), run.display());
    return data.recordedAs(file.fingerprint()); // compared when the examples are read
  }

  @Override
  public List<String> locations() {
    return List.of(runs + "/" + name);
  }

  private RunDirectory find(JavaSparkContext spark) {
    RunDirectory run =
        new Runs(spark.hadoopConfiguration(), runs)
            .find(new RunId(name))
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.WRONG_SETTINGS,
                        "there is no prepared data set %s in %s; scripts/submit prepare --run-id %s"
                            + " makes one",
                        name,
                        runs,
                        name));
    if (run.success().isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "the data set in %s is not complete; prepare it with the same command",
          run.display());
    }
    return run;
  }

  private static DatasetFile file(RunDirectory run) {
    return DatasetFile.read(run)
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.WRONG_SETTINGS,
                    "%s has no %s; expected a run of the command prepare",
                    run.display(),
                    DatasetFile.NAME));
  }

  private void requireDivided(RunDirectory run, Optional<Segments> segments) {
    Optional<String> wanted = dividing.map(DividingColumn::setting);
    if (wanted.isPresent() && !wanted.equals(segments.map(Segments::setting))) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s was prepared %s, so it cannot be divided by %s; prepare the data again with that"
              + " setting, or leave it out",
          run.display(),
          segments.map(found -> "with " + found.setting()).orElse("without such a column"),
          wanted.get());
    }
  }

  // Otherwise a class number or an input could have another meaning than in training.
  private static void requireSameEncoder(
      RunDirectory run, Optional<TableEncoder> found, Optional<TableEncoder> known) {
    // The background rows change no input.
    if (known.isPresent() && !plain(found).equals(plain(known))) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "%s was prepared with other columns or values than the data that the model was trained"
              + " on; prepare it with --encodings-from and the id of the training run",
          run.display());
    }
  }

  private static Optional<TableEncoder> plain(Optional<TableEncoder> encoder) {
    return encoder.map(found -> found.withBackground(List.of()));
  }
}
