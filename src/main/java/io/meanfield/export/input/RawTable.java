package io.meanfield.export.input;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.CategoryWriter;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows of a table before their preprocessing, read with {@link TableEncoder#unscaled}. Values are
 * those of the table with the precision of 32-bit floats.
 */
public final class RawTable {
  /** The text of a category that is missing, or that no training example has. */
  public static final String UNKNOWN = "";

  private final TableEncoder encoder;
  private final Examples rows;
  private final List<FeatureColumn> columns;
  private final List<CategoryInputs> categories;
  private final float[] values;
  private final int width;

  /**
   * Creates the table.
   *
   * @param encoder of the model
   * @param rows the examples that {@link TableEncoder#unscaled} encodes
   */
  public RawTable(TableEncoder encoder, Examples rows) {
    this.encoder = encoder;
    this.rows = rows;
    this.columns = encoder.columns();
    TableEncoder unscaled = encoder.unscaled();
    this.categories = unscaled.categorical().stream().map(unscaled::inputsOf).toList();
    this.width = rows.width();
    this.values = new float[rows.count() * width];
    for (int row = 0; row < rows.count(); row++) {
      rows.features().write(row, values, row * width);
    }
  }

  /** Returns the value of a numeric column; NaN if it is missing, seconds since 1970 for a time. */
  public double number(int row, int column) {
    return columns.get(column).valueOfUnscaled(values[row * width + column]);
  }

  /**
   * Returns the value of a categorical column; {@link #UNKNOWN} unless it is in the vocabulary. A
   * text has its known words.
   */
  public String category(int row, int column) {
    Vocabulary vocabulary = encoder.categorical().get(column);
    float[] inputs = Arrays.copyOfRange(values, row * width, (row + 1) * width);
    if (categories.get(column).hasWords()) {
      return categories.get(column).text(inputs, columns.size());
    }
    OptionalInt code = categories.get(column).code(inputs, columns.size());
    return code.isPresent() && code.getAsInt() < vocabulary.values().size()
        ? vocabulary.values().get(code.getAsInt())
        : UNKNOWN;
  }

  /** Returns the examples as the network takes them. */
  public Examples encoded() {
    int inputs = encoder.inputs();
    CategoryWriter writer = CategoryWriter.of(encoder, inputs - encoder.categoricalInputs());
    float[] encoded = new float[rows.count() * inputs];
    for (int row = 0; row < rows.count(); row++) {
      encode(row, writer, encoded, row * inputs);
    }
    return new Examples(
        rows.ids(),
        rows.externalIds(),
        new Features.Floats(encoded, inputs),
        rows.targets(),
        rows.weights());
  }

  private void encode(int row, CategoryWriter writer, float[] target, int offset) {
    int next = offset;
    for (int column = 0; column < columns.size(); column++) {
      FeatureColumn feature = columns.get(column);
      feature.write(number(row, column), target, next);
      writer.writeParts(column, number(row, column), target, offset);
      next += feature.inputs();
    }
    for (int column = 0; column < categories.size(); column++) {
      writer.write(column, category(row, column), rows.displayName(row), target, offset);
    }
  }
}
