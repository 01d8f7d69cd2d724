package io.meanfield.data;

import io.meanfield.settings.Section;
import java.util.Optional;

/**
 * Where the examples are.
 *
 * @param train for training and validation
 * @param test met once, by evaluate and predict
 * @param validationFraction of the training examples, at least 0 and below 1
 */
public record DataSettings(Format format, Source train, Source test, double validationFraction) {
  /** How the files are written. */
  public enum Format {
    IDX
  }

  /** An image file and, except for predictions, its label file; any Hadoop path, raw or gzipped. */
  public record Source(String images, Optional<String> labels) {
    static Source read(Section source) {
      return new Source(source.text("images"), source.optionalText("labels"));
    }
  }

  public static DataSettings read(Section data) {
    return new DataSettings(
        data.choice("format", Format.class),
        Source.read(data.section("train")),
        Source.read(data.section("test")),
        data.number("validation-fraction", f -> f >= 0 && f < 1, "at least 0 and below 1", 0));
  }
}
