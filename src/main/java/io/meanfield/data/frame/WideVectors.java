package io.meanfield.data.frame;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.WordCodes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * Tells wide vectors whose numbers are inputs from those that are weighted sets, because most of
 * their numbers are 0; driver only.
 */
final class WideVectors {
  private static final int LOOKED = 64; // rows

  private WideVectors() {}

  /**
   * Returns a frame in which only the vectors that are weighted sets still tell their size. A
   * model's columns are what they were in training; of others, the first rows are looked at.
   */
  static Dataset<Row> of(Dataset<Row> frame, Optional<TableEncoder> encoder) {
    List<StructField> wide =
        Arrays.stream(frame.schema().fields()).filter(SetColumns::isWideVector).toList();
    Dataset<Row> known = frame;
    for (StructField field : wide) {
      boolean isSet =
          encoder
              .map(model -> !model.features().contains(field.name()))
              .orElseGet(() -> hasFewNumbers(frame, field.name()));
      known = isSet ? known : withoutSize(known, field.name());
    }
    return known;
  }

  private static boolean hasFewNumbers(Dataset<Row> frame, String column) {
    Column named = ColumnNames.named(column);
    return frame.select(named).where(named.isNotNull()).limit(LOOKED).collectAsList().stream()
            .mapToInt(row -> row.<Vector>getAs(0).numNonzeros())
            .average()
            .orElse(0)
        <= WordCodes.MOST_OF_TEXT;
  }

  private static Dataset<Row> withoutSize(Dataset<Row> frame, String column) {
    Column[] all =
        Arrays.stream(frame.columns())
            .map(
                name ->
                    name.equals(column)
                        ? ColumnNames.named(name).as(name, new AttributeGroup(name).toMetadata())
                        : ColumnNames.named(name))
            .toArray(Column[]::new);
    return frame.select(all);
  }
}
