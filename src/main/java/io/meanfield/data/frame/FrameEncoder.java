package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.TargetKind;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.InvalidRowException;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Encodes the rows of DataFrames as a model's training rows were encoded; travels to executors.
 *
 * @param widths the number of values of each of the encoder's numeric columns
 * @param images whether the only column contains the pixels of an image
 */
@DefaultSerializer(JavaSerializer.class)
public record FrameEncoder(TableEncoder encoder, List<Integer> widths, boolean images)
    implements Serializable {
  private static final TargetKind NO_TARGETS = TargetKind.CLASSES.missing(" is not read");

  public FrameEncoder {
    widths = List.copyOf(widths);
  }

  /**
   * Returns the encoder of rows for a network with this number of inputs.
   *
   * @throws UserException if the columns cannot have so many values: only a single column may be an
   *     array
   */
  public static FrameEncoder of(TableEncoder encoder, int inputs) {
    List<Integer> found =
        encoder
            .widths(inputs)
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.MODEL_UNUSABLE,
                        "the model reads %s values from the columns %s; expected columns of single"
                            + " values, and at most one with arrays",
                        inputs,
                        String.join(", ", encoder.features())));
    List<Integer> values =
        IntStream.range(0, found.size())
            .map(i -> encoder.columns().get(i).isPlain() ? found.get(i) : 1)
            .boxed()
            .toList();
    return new FrameEncoder(encoder, values, false);
  }

  /** Returns the same encoder for rows whose only column contains the pixels of an image. */
  public FrameEncoder ofImages() {
    return new FrameEncoder(encoder, widths, true);
  }

  /** Returns the names of the columns that training read. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(encoder.features());
    columns.addAll(categorical());
    return columns;
  }

  /**
   * Returns how {@link #read} needs the values of each column: converted, or empty for a column
   * that is read as it is.
   *
   * @param columns those with the values of {@link #columns()}, in their order
   * @throws io.meanfield.error.UserException if a column has another type than in training
   */
  public List<Optional<Column>> conversions(
      List<String> columns, StructType schema, String display) {
    List<FeatureColumn> rules = encoder.columns();
    List<Optional<Column>> conversions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      StructField field = schema.apply(columns.get(i));
      conversions.add(
          i < rules.size()
              ? number(i, rules.get(i), field, display)
              : category(field, encoder.texts().contains(columns().get(i))));
    }
    return conversions;
  }

  private Optional<Column> number(int i, FeatureColumn rule, StructField field, String display) {
    if (rule.isPlain()) {
      ColumnTypes.requireInputs(rule.column(), widths.get(i), images, field.dataType(), display);
    } else {
      ColumnTypes.require(rule, field.dataType(), display);
    }
    return ColumnTypes.of(field.dataType()).isTime()
        ? Optional.of(ColumnTypes.selected(field.name(), field))
        : Optional.empty();
  }

  private static Optional<Column> category(StructField field, boolean isText) {
    DataType type = field.dataType();
    if (type instanceof StringType) {
      return Optional.empty();
    }
    return Optional.of(
        isText
            ? ColumnTypes.text(field.name(), type)
            : ColumnTypes.category(field.name(), type).cast(DataTypes.StringType));
  }

  private List<String> categorical() {
    return encoder.categorical().stream().map(Vocabulary::column).toList();
  }

  /**
   * Encodes rows, in their order.
   *
   * @param rows the values of the columns of {@link #conversions} in each row
   * @param display the name of the frame in messages
   * @throws UserException if a value is missing, not finite or unknown
   */
  public Examples read(List<Object[]> rows, String display) {
    rows.forEach(values -> requireNoBytes(values, display));
    List<InternalRow> all = rows.stream().<InternalRow>map(GenericInternalRow::new).toList();
    ColumnKind[] kinds = new ColumnKind[columns().size()];
    Arrays.fill(kinds, ColumnKind.OBJECT);
    RowPart part = RowPart.of(all, kinds);
    return reader(display).block(part, 0, new long[rows.size()]);
  }

  private void requireNoBytes(Object[] values, String display) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof byte[] && !images) {
        throw InvalidRowException.ofValue(
            display, columns().get(i), "", "contains bytes, expected a finite number");
      }
    }
  }

  private RowReader reader(String display) {
    TableSchema schema =
        new TableSchema(
            List.of(),
            encoder.features(),
            categorical(),
            encoder.texts(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            NO_TARGETS,
            true);
    // A value that is read as it is may be a vector of one number.
    List<Boolean> arrays = encoder.features().stream().map(column -> true).toList();
    FrameColumns columns =
        new FrameColumns(
            schema,
            new FrameColumns.Numbers(encoder.features(), widths, arrays, images),
            new FrameColumns.Numbers(List.of(), List.of(), List.of(), false));
    return RowReader.of(
        new RowValues(
            columns, encoder, new RowValues.Place(display, Map.of(), false), false, List.of()),
        encoder,
        0);
  }
}
