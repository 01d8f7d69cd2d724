package io.meanfield.data.formats;

import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.frame.ParquetSource;
import io.meanfield.data.frame.SparkSource;
import io.meanfield.data.frame.TableFiles;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.data.prepared.PreparedSource;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.source.BadRows;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.data.source.TestShare;
import io.meanfield.settings.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The settings of the section {@code data}: the locations and the division of the examples.
 *
 * @param format the valid value of {@code data.format}
 * @param train the examples for training and validation
 * @param test the examples for the commands {@code evaluate} and {@code predict}; those that the
 *     split of {@code train} sets aside if {@code testFraction} is above 0
 * @param validationFraction the fraction of {@code train} for validation, at least 0 and below 1;
 *     empty for {@code auto}
 * @param testFraction the fraction of {@code train} for tests, at least 0 and below 1
 * @param columns the roles and the preprocessing of the columns of a table
 * @param balance the treatment of classes of different sizes in training
 * @param badRows the treatment of rows of a table that cannot be used
 * @param chunkSize the largest size of a chunk of a worker's examples
 */
public record DataSettings(
    String format,
    Source train,
    Source test,
    OptionalDouble validationFraction,
    double testFraction,
    ColumnRoles columns,
    Balance balance,
    BadRows badRows,
    ChunkSize chunkSize) {
  private static final String TEST_FRACTION = "test-fraction";
  private static final String FRACTION = "at least 0 and below 1";
  private static final Map<String, Format> FORMATS = formats();
  private static final List<String> LOCATIONS_OF_FILES = List.of("images", "labels", "path");
  private static final List<String> LOCATIONS_OF_ROWS =
      List.of("table", "version", "timestamp", "query", "source");

  /**
   * One data format.
   *
   * @param name in {@code data.format}
   * @param contents what a data set of the format consists of
   * @param reader reads the settings of one data set; adds a problem to them for each invalid value
   * @param located returns the settings of a data set for the arguments of {@code --data}
   * @param ofFiles returns the settings of a data set in files that were found in directories
   */
  private record Format(
      String name,
      DataContents contents,
      Function<SourceSettings, Source> reader,
      Function<List<String>, Map<String, Object>> located,
      Function<List<String>, Map<String, Object>> ofFiles) {}

  /**
   * Reads the settings of the section {@code data}.
   *
   * @param runs the directory of runs, where prepared data sets are
   */
  public static DataSettings read(Section data, String runs) {
    Format format = data.choice("format", FORMATS);
    // A settings file may contain the sections of several formats. Each is read, because all of
    // them become part of the run, and an unknown key may be a secret.
    ColumnRoles roles = ColumnRoles.read(data.section("columns"));
    Map<String, String> csv = CsvSource.options(data);
    boolean isTable =
        format.contents() == DataContents.IMAGES && data.optionalSection("train").isSet("path");
    if (isTable && FORMATS.containsKey(data.string("format"))) {
      data.invalid("format", "csv or parquet, because data.train.path is set");
    }
    if (isTable) { // the keys of its locations are no problem of their own
      data.section("train").allow(data.section("train").names());
      data.optionalSection("test").allow(data.optionalSection("test").names());
    }
    Source train =
        format
            .reader()
            .apply(new SourceSettings(data, data.optionalSection("train"), runs, roles, csv));
    Source test =
        format
            .reader()
            .apply(
                new SourceSettings(
                    data, data.optionalSection("test"), runs, roles.undivided(), csv));
    OptionalDouble validationFraction =
        data.numberOr("auto", "validation-fraction", f -> f >= 0 && f < 1, FRACTION);
    double testFraction = fraction(data, TEST_FRACTION);
    checkFractions(data, test, validationFraction, testFraction);
    roles
        .dividing()
        .filter(column -> format.contents() == DataContents.IMAGES)
        .ifPresent(
            column ->
                data.section("columns")
                    .invalid(column.key(), "left out, because images have no columns"));
    return new DataSettings(
        format.name(),
        train,
        testFraction > 0 ? new TestShare(train, testFraction) : test,
        validationFraction,
        testFraction,
        roles,
        data.choice("balance", Balance.class),
        data.choice("bad-rows", BadRows.class),
        ChunkSize.read(data));
  }

  private static double fraction(Section data, String key) {
    return data.optionalNumber(key, f -> f >= 0 && f < 1, FRACTION, 0);
  }

  private static void checkFractions(
      Section data, Source test, OptionalDouble validationFraction, double testFraction) {
    if (testFraction > 0 && test.isSet()) {
      data.invalid(TEST_FRACTION, "0, because data.test is set");
    }
    if (testFraction > 0 && validationFraction.orElse(0.0) + testFraction >= 1) {
      data.invalid(
          TEST_FRACTION,
          "below 1 - data.validation-fraction, which is " + validationFraction.getAsDouble());
    }
  }

  /** Returns what a data set of the format consists of. */
  public DataContents contents() {
    return FORMATS.get(format).contents();
  }

  /** Returns what a data set of a format consists of; empty for an unknown format. */
  public static Optional<DataContents> contents(String format) {
    return Optional.ofNullable(FORMATS.get(format)).map(Format::contents);
  }

  /**
   * Returns the settings of {@code data.test} for the arguments of {@code --data}; empty for an
   * unknown format, which {@link #read} reports.
   *
   * @param paths the paths of files, or the name of a prepared data set
   * @throws io.meanfield.error.UserException if the format does not accept this number of paths
   */
  public static Map<String, Object> located(String format, List<String> paths) {
    return FORMATS.containsKey(format) ? FORMATS.get(format).located().apply(paths) : Map.of();
  }

  /**
   * Returns the settings of the data set in files that were found in directories, such as {@code
   * data.train}; empty for an unknown format, which {@link #read} reports.
   *
   * @throws io.meanfield.error.UserException if the files cannot form a data set of the format
   */
  public static Map<String, Object> ofFiles(String format, List<String> files) {
    return FORMATS.containsKey(format) ? FORMATS.get(format).ofFiles().apply(files) : Map.of();
  }

  /** Returns the formats, by their name in {@code data.format}. */
  private static Map<String, Format> formats() {
    List<Format> formats =
        List.of(
            new Format(
                "idx",
                DataContents.IMAGES,
                IdxSource::read,
                IdxSource::located,
                IdxSource::ofFiles),
            new Format(
                "csv",
                DataContents.TABLES,
                CsvSource::read,
                TableFiles::located,
                TableFiles::located),
            new Format(
                "parquet",
                DataContents.TABLES,
                ParquetSource::read,
                TableFiles::located,
                TableFiles::located),
            new Format(
                "spark",
                DataContents.ROWS,
                SparkSource::read,
                SparkSource::located,
                SparkSource::ofFiles),
            new Format(
                "prepared",
                DataContents.PREPARED,
                DataSettings::readPrepared,
                PreparedSource::located,
                PreparedSource::located));
    Map<String, Format> byName = new LinkedHashMap<>();
    formats.forEach(format -> byName.put(format.name(), format));
    return Collections.unmodifiableMap(byName);
  }

  // A settings file may still contain the locations from which the data set was prepared.
  private static Source readPrepared(SourceSettings settings) {
    Section part = settings.part();
    LOCATIONS_OF_FILES.stream().filter(part::isSet).forEach(part::strings);
    LOCATIONS_OF_ROWS.forEach(part::optionalText);
    part.optionalTexts("options");
    return PreparedSource.read(settings);
  }
}
