package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.InvalidRowException;
import io.meanfield.data.encoding.SingleValues;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.packed.RowPart;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The values of rows, which are checked as they are read.
 *
 * @param typed an encoder with the types of the features, and the forms of their texts
 * @param keepsNa whether NA is a label, as among the codes of countries, not a missing one
 * @param dividing what divides the rows; empty if they are divided at random
 */
@DefaultSerializer(JavaSerializer.class)
record RowValues(
    FrameColumns columns,
    TableEncoder typed,
    Place place,
    boolean keepsNa,
    List<DividingKey> dividing)
    implements Serializable {
  private static final String NUMBER = "a finite number";

  /**
   * What tells the places of rows.
   *
   * @param display the location of the table, for messages
   * @param hasMalformed whether a column has the text of a record with other fields than the header
   */
  @DefaultSerializer(JavaSerializer.class)
  record Place(String display, Map<Long, String> files, boolean hasMalformed)
      implements Serializable {
    static Place of(Table table) {
      return new Place(table.display(), table.files(), table.malformed().isPresent());
    }
  }

  /** Returns the number of a feature that is preprocessed; NaN if it is missing. */
  double feature(RowPart row, int i) {
    FeatureColumn rule = typed.columns().get(i);
    double number = number(row, i, rule.column(), rule.type());
    if (Float.isFinite((float) number)) {
      row.replaceText(i, number);
      return number;
    }
    boolean isMissing = isMissing(row, i, number);
    if (rule.acceptsMissing() && isMissing) {
      return Double.NaN;
    }
    throw wrong(row, i, rule.column(), SingleValues.expected(typed, rule, isMissing));
  }

  private double number(RowPart row, int column, String name, ValueType type) {
    if (row.isMissing(column)) {
      return Double.NaN;
    }
    return row.isText(column)
        ? SingleValues.number(typed, name, type, row.text(column))
        : row.number(column);
  }

  private static boolean isMissing(RowPart row, int column, double number) {
    if (row.isMissing(column) || !row.isText(column)) {
      return row.isMissing(column) || Double.isNaN(number);
    }
    return SingleValues.isMissing(row.text(column));
  }

  /**
   * Returns the numbers of a feature in some rows; NaN for missing ones.
   *
   * @param rows that have been checked, unless values may be of any type
   */
  double[] features(RowPart rows, int i, int first, int count) {
    double[] numbers = new double[count];
    if (rows.hasNumbers(i)) {
      rows.copyNumbers(i, first, numbers);
      return numbers;
    }
    FeatureColumn column = typed.columns().get(i);
    for (int row = 0; row < count; row++) {
      rows.moveTo(first + row);
      numbers[row] = column.isPlain() ? single(rows, i, column.column()) : feature(rows, i);
    }
    return numbers;
  }

  /** Returns one number that is an input or a target as it is. */
  float single(RowPart row, int column, String name) {
    float number = (float) number(row, column, name, ValueType.FLOAT);
    if (Float.isFinite(number)) {
      row.replaceText(column, number);
      return number;
    }
    throw wrong(row, column, name, typed.formOf(name).expected(ValueType.FLOAT));
  }

  /** Returns the numbers of an array or a vector. */
  float[] several(RowPart row, int column, String name, int expected) {
    if (row.isMissing(column)) {
      throw wrong(row, column, name, NUMBER);
    }
    float[] numbers =
        row.isText(column) ? new float[] {single(row, column, name)} : row.numbers(column);
    requireLength(row, name, numbers.length, expected);
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        throw invalid(row, name, Float.toString(number), "has " + number + ", expected " + NUMBER);
      }
    }
    return numbers;
  }

  /** Writes the numbers that a network predicts, from index {@code first} on. */
  void targets(RowPart row, float[] target, int first) {
    FrameColumns.Numbers numbers = columns.targets();
    int index = first;
    for (int i = 0; i < numbers.columns().size(); i++) {
      int column = columns.schema().firstTarget() + i;
      String name = numbers.columns().get(i);
      if (numbers.arrays().get(i)) {
        for (float number : several(row, column, name, numbers.widths().get(i))) {
          target[index++] = number;
        }
      } else {
        target[index++] = single(row, column, name);
      }
    }
  }

  /** Returns the pixels of an image. */
  byte[] pixels(RowPart row, int column, String name, int expected) {
    if (row.isMissing(column)) {
      throw wrong(row, column, name, "an image");
    }
    byte[] pixels = row.bytes(column);
    requireLength(row, name, pixels.length, expected);
    return pixels;
  }

  private void requireLength(RowPart row, String column, int found, int expected) {
    if (found != expected) {
      throw invalid(row, column, "", "contains %s numbers, expected %s".formatted(found, expected));
    }
  }

  /** Returns the weight of an example; only if the schema has one. */
  float weight(RowPart row) {
    String name = columns.schema().weight().get(0);
    int column = columns.schema().weightIndex();
    float weight = (float) number(row, column, name, ValueType.FLOAT);
    if (Float.isFinite(weight) && weight >= 0) {
      return weight;
    }
    throw wrong(row, column, name, "the weight of an example: a number of at least 0");
  }

  /**
   * Returns the value of categorical column {@code i}; empty if it is missing and may be, as texts.
   */
  String category(RowPart row, int i) {
    int column = columns.schema().firstCategorical() + i;
    String value = text(row, column);
    if (!columns.schema().isText(i) && !SingleValues.isCategory(typed, value)) {
      throw SingleValues.wrongCategory(file(row), columns.schema().categorical().get(i), value);
    }
    return value;
  }

  /** Returns the label; only if the schema has one. */
  String label(RowPart row) {
    int column = columns.schema().labelIndex();
    String label = required(row, column, columns.schema().label().get(0), "a label");
    if (ValueType.isMissing(label) && !(keepsNa && label.equals(ColumnFacts.NOT_AVAILABLE))) {
      throw wrong(row, column, columns.schema().label().get(0), "a label");
    }
    return label;
  }

  /** Returns the id; only if the schema has one. */
  String id(RowPart row) {
    return required(row, columns.schema().idIndex(), columns.schema().id().get(0), "an id");
  }

  /** Returns the key by which a row is divided from others; only if there is one. */
  long dividingKey(RowPart row) {
    DividingKey key = dividing.get(0);
    int column = columns.schema().dividingIndex();
    if (key.source().by() == DividingColumn.By.GROUP) {
      return DividingKey.ofGroup(required(row, column, key.source().name(), "a group"));
    }
    double time =
        row.isText(column)
            ? key.form().parse(key.type(), row.text(column).strip()).orElse(Double.NaN)
            : row.isMissing(column) ? Double.NaN : row.number(column);
    if (!Double.isFinite(time)) {
      throw wrong(row, column, key.source().name(), key.form().expected(key.type()));
    }
    row.replaceText(column, time);
    return DividingKey.ofTime(time);
  }

  /** Returns the keys by which rows are divided; only if there are any. */
  long[] dividingKeys(RowPart rows) {
    long[] keys = new long[rows.count()];
    for (int row = 0; row < keys.length; row++) {
      rows.moveTo(row);
      keys[row] = dividingKey(rows);
    }
    return keys;
  }

  private String required(RowPart row, int column, String name, String expected) {
    String text = text(row, column);
    if (text.isEmpty()) {
      throw wrong(row, column, name, expected);
    }
    if (!SingleValues.isReadable(text)) {
      throw SingleValues.unreadable(file(row), name, text);
    }
    return text;
  }

  private static String text(RowPart row, int column) {
    return row.isMissing(column) ? "" : row.text(column).strip();
  }

  /** Throws if the record of a row has other fields than the header. */
  void requireFields(RowPart row) {
    int column = columns.schema().width();
    if (place.hasMalformed() && !row.isMissing(column)) {
      throw InvalidRowException.ofRow(
          file(row),
          String.format(
              Locale.ROOT,
              "has the record \"%s\", whose number of fields is not that of the header; set"
                  + " data.csv.multiLine = true if fields contain line breaks",
              InvalidRowException.shown(row.text(column))));
    }
  }

  private InvalidRowException wrong(RowPart row, int column, String name, String expected) {
    return SingleValues.wrong(file(row), name, shown(row, column), expected);
  }

  private static String shown(RowPart row, int column) {
    if (row.isMissing(column)) {
      return "";
    }
    return row.isText(column) ? row.text(column) : Double.toString(row.number(column));
  }

  private InvalidRowException invalid(RowPart row, String column, String value, String problem) {
    return InvalidRowException.ofValue(file(row), column, value, problem);
  }

  /** Returns where a row is. */
  SkippedRow.Place placeOf(RowPart row) {
    boolean hasId = !columns.schema().id().isEmpty();
    return new SkippedRow.Place(file(row), hasId ? text(row, columns.schema().idIndex()) : "");
  }

  private String file(RowPart row) {
    return place.files().isEmpty()
        ? place.display()
        : place
            .files()
            .getOrDefault(
                row.whole(columns.schema().width() + (place.hasMalformed() ? 1 : 0)),
                place.display());
  }
}
