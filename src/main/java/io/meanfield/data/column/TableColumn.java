package io.meanfield.data.column;

import java.util.Optional;

/**
 * A column whose use is to be decided.
 *
 * @param kind of its values, as far as the table tells it
 * @param type of the table, in the words of Spark SQL
 * @param facts what one pass has seen
 * @param isNamed whether settings name the column among the features
 */
public record TableColumn(String name, Kind kind, String type, ColumnFacts facts, boolean isNamed) {
  /** What a table tells of the values of a column. */
  public enum Kind {
    /** Texts, which may mean anything. */
    TEXT,
    /** Whole numbers, which may be ids. */
    WHOLE,
    /** Other numbers. */
    NUMBER,
    TRUTH,
    DATE,
    TIMESTAMP,
    /** Arrays of numbers, or vectors. */
    NUMBERS,
    /** Arrays of texts. */
    TEXTS,
    BYTES,
    /** Values that cannot be features. */
    OTHER;

    /** Returns whether a value is several inputs. */
    boolean isArray() {
      return this == NUMBERS || this == BYTES;
    }

    /** Returns the type that needs no look at the values; empty for texts and other values. */
    Optional<ValueType> valueType() {
      return switch (this) {
        case WHOLE, NUMBER -> Optional.of(ValueType.NUMBER);
        case TRUTH -> Optional.of(ValueType.BOOLEAN);
        case DATE -> Optional.of(ValueType.DATE);
        case TIMESTAMP -> Optional.of(ValueType.TIMESTAMP);
        case NUMBERS, BYTES -> Optional.of(ValueType.FLOAT);
        case TEXT, TEXTS, OTHER -> Optional.empty();
      };
    }
  }

  /** Returns whether a text is a number only if its sign of decimals is a point. */
  public boolean hasDecimalPoints() {
    return facts.has(TextForms.Form.POINT_ONLY) && facts.isNumeric();
  }
}
