package io.meanfield.tracking;

import java.util.Locale;

/** What distinguishes two measurements of the same gauge in one run. */
public record Label(Dimension dimension, String value) {
  /** The meaning of a label. */
  public enum Dimension {
    /** The examples on which a metric was measured: train, validation or test. */
    DATA,
    /** A column of the data. */
    COLUMN,
    /** A part of the time of a run. */
    PART;

    /** Returns the key of labels of this dimension. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The examples of {@code data.test}, whose metrics have no prefix in the tables. */
  static final String TEST = "test";

  /** Returns the name of a gauge with this label, for sinks without labels. */
  String nameOf(String gauge) {
    return switch (dimension) {
      case DATA -> value.equals(TEST) ? gauge : value + "_" + gauge;
      case COLUMN, PART -> gauge + "_" + value;
    };
  }
}
