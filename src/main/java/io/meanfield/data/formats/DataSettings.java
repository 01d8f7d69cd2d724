package io.meanfield.data.formats;

import io.meanfield.data.Source;
import io.meanfield.data.SourceSettings;
import io.meanfield.data.shard.Balance;
import io.meanfield.settings.Section;

/**
 * Where the examples are.
 *
 * @param train for training and validation
 * @param test for evaluate and predict
 * @param validationFraction of the training examples, at least 0 and below 1
 */
public record DataSettings(Source train, Source test, double validationFraction, Balance balance) {

  /**
   * Reads them.
   *
   * @param runs the directory of runs, where prepared data sets are
   */
  public static DataSettings read(Section data, String runs) {
    Formats.Reader format = data.choice("format", Formats.READERS);
    // One file of settings may serve several formats.
    data.allow(Formats.READERS.keySet());
    data.allow("columns");
    return new DataSettings(
        format.read(new SourceSettings(data, data.optionalSection("train"), runs)),
        format.read(new SourceSettings(data, data.optionalSection("test"), runs)),
        data.number("validation-fraction", f -> f >= 0 && f < 1, "at least 0 and below 1", 0),
        data.choice("balance", Balance.class));
  }
}
