package io.meanfield.export.input;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.FeatureColumn;
import java.util.List;

/**
 * Rows of a table before their preprocessing, read with {@link TableEncoder#raw}. Values are those
 * of the table with the precision of 32-bit floats.
 */
public final class RawTable {
  /** The text of a category that is missing, or that no training example has. */
  public static final String UNKNOWN = "";

  private final TableEncoder encoder;
  private final Examples rows;
  private final List<FeatureColumn> columns;
  private final float[] values;
  private final int width;

  /**
   * Creates the table.
   *
   * @param encoder of the model
   * @param rows the examples that {@link TableEncoder#raw} encodes
   */
  public RawTable(TableEncoder encoder, Examples rows) {
    this.encoder = encoder;
    this.rows = rows;
    this.columns = encoder.columns();
    this.width = rows.width();
    this.values = new float[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      rows.features().write(row, values, row * width);
    }
  }

  /** Returns the value of a numeric column; NaN if it is missing, seconds since 1970 for a time. */
  public double number(int row, int column) {
    return columns.get(column).valueOfRaw(values[row * width + column]);
  }

  /** Returns the value of a categorical column; {@link #UNKNOWN} unless it is in the vocabulary. */
  public String category(int row, int column) {
    Vocabulary vocabulary = encoder.categorical().get(column);
    int first = row * width + columns.size() + firstInput(column);
    for (int i = 0; i < vocabulary.values().size(); i++) {
      if (values[first + i] != 0) {
        return vocabulary.values().get(i);
      }
    }
    return UNKNOWN;
  }

  private int firstInput(int categorical) {
    return encoder.categorical().subList(0, categorical).stream().mapToInt(encoder::inputs).sum();
  }

  /** Returns the examples as the network takes them. */
  public Examples encoded() {
    int inputs = encoder.inputs();
    float[] encoded = new float[rows.count() * inputs];
    for (int row = 0; row < rows.count(); row++) {
      encode(row, encoded, row * inputs);
    }
    return new Examples(
        rows.ids(), rows.externalIds(), new Features.Floats(encoded, inputs), rows.targets());
  }

  private void encode(int row, float[] target, int offset) {
    int next = offset;
    for (int column = 0; column < columns.size(); column++) {
      FeatureColumn feature = columns.get(column);
      feature.write(number(row, column), (index, value) -> target[index] = value, next);
      next += feature.inputs();
    }
    System.arraycopy(
        values, row * width + columns.size(), target, next, encoder.categoricalInputs());
  }
}
