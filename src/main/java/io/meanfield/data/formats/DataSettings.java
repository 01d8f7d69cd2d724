package io.meanfield.data.formats;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TargetSettings;
import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.source.BadRows;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.data.source.TestShare;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;

/**
 * The settings of the section {@code data}: the locations and the division of the examples.
 *
 * @param train the examples for training and validation
 * @param test the examples for the commands {@code evaluate} and {@code predict}; those that the
 *     split of {@code train} sets aside if {@code testFraction} is above 0
 * @param validationFraction the fraction of {@code train} for validation, at least 0 and below 1
 * @param testFraction the fraction of {@code train} for tests, at least 0 and below 1
 * @param targets the treatment of numbers that a network learns to predict
 * @param balance the treatment of classes of different sizes in training
 * @param badRows the treatment of rows of a table that cannot be used
 * @param chunkSize the largest size of a chunk of a worker's examples
 */
public record DataSettings(
    Source train,
    Source test,
    double validationFraction,
    double testFraction,
    TargetSettings targets,
    Balance balance,
    BadRows badRows,
    ChunkSize chunkSize) {
  private static final String TEST_FRACTION = "test-fraction";

  /**
   * Reads the settings of the section {@code data}.
   *
   * @param runs the directory of runs, where prepared data sets are
   */
  public static DataSettings read(Section data, String runs) {
    Formats.Format format = data.choice("format", Formats.ALL);
    // A settings file may contain the sections of several formats. Each is read, because all of
    // them become part of the run, and an unknown key may be a secret.
    ColumnRoles roles = ColumnRoles.read(data.section("columns"));
    Map<String, String> csv = CsvSource.options(data);
    Source train =
        format.read(new SourceSettings(data, data.optionalSection("train"), runs, roles, csv));
    Source test =
        format.read(new SourceSettings(data, data.optionalSection("test"), runs, roles, csv));
    double validationFraction = fraction(data, "validation-fraction");
    double testFraction = fraction(data, TEST_FRACTION);
    checkFractions(data, test, validationFraction, testFraction);
    return new DataSettings(
        train,
        testFraction > 0 ? new TestShare(train, testFraction) : test,
        validationFraction,
        testFraction,
        TargetSettings.read(data.section("columns")),
        data.choice("balance", Balance.class),
        data.choice("bad-rows", BadRows.class),
        ChunkSize.read(data));
  }

  private static double fraction(Section data, String key) {
    return data.optionalNumber(key, f -> f >= 0 && f < 1, "at least 0 and below 1", 0);
  }

  private static void checkFractions(
      Section data, Source test, double validationFraction, double testFraction) {
    if (testFraction > 0 && test.isSet()) {
      data.invalid(TEST_FRACTION, "0, because data.test is set");
    }
    if (testFraction > 0 && validationFraction + testFraction >= 1) {
      data.invalid(
          TEST_FRACTION, "below 1 - data.validation-fraction, which is " + validationFraction);
    }
  }

  /**
   * Returns what the data sets of a format consist of.
   *
   * @param format the valid value of {@code data.format}
   */
  public static DataContents contents(String format) {
    return Formats.ALL.get(format).contents();
  }

  /**
   * Returns the settings of {@code data.test} for the arguments of {@code --data}; empty for an
   * unknown format, which {@link #read} reports.
   *
   * @param paths the paths of files, or the name of a prepared data set
   * @throws io.meanfield.error.UserException if the format does not accept this number of paths
   */
  public static Map<String, Object> located(String format, List<String> paths) {
    return Formats.ALL.containsKey(format)
        ? Formats.ALL.get(format).located().apply(paths)
        : Map.of();
  }

  /**
   * Returns the settings of the data set in files that were found in directories, such as {@code
   * data.train}; empty for an unknown format, which {@link #read} reports.
   *
   * @throws io.meanfield.error.UserException if the files cannot form a data set of the format
   */
  public static Map<String, Object> ofFiles(String format, List<String> files) {
    return Formats.ALL.containsKey(format)
        ? Formats.ALL.get(format).ofFiles().apply(files)
        : Map.of();
  }
}
