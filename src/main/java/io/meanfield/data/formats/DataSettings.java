package io.meanfield.data.formats;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Source;
import io.meanfield.data.shard.Balance;
import io.meanfield.settings.Section;

/**
 * Where the examples are.
 *
 * @param train for training and validation
 * @param test met once, by evaluate and predict
 * @param validationFraction of the training examples, at least 0 and below 1
 */
public record DataSettings(Source train, Source test, double validationFraction, Balance balance) {

  /**
   * Reads them.
   *
   * @param runs the directory of runs, where prepared data sets are
   */
  public static DataSettings read(Section data, String runs) {
    Source.Format format = data.choice("format", Source.Format.class);
    Section section = data.section("columns");
    ColumnRoles columns = ColumnRoles.read(section);
    if (format == Source.Format.CSV || format == Source.Format.PARQUET) {
      columns.check(section);
    }
    char delimiter = Source.delimiter(data.section("csv"));
    return new DataSettings(
        Source.read(data.section("train"), format, columns, delimiter, runs),
        Source.read(data.section("test"), format, columns, delimiter, runs),
        data.number("validation-fraction", f -> f >= 0 && f < 1, "at least 0 and below 1", 0),
        data.choice("balance", Balance.class));
  }
}
