package io.meanfield.data.parquet;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/**
 * The column with the ids of a table; driver only.
 *
 * @param name the name of the column
 * @param display the name of the table in messages
 */
record IdColumn(String name, Dataset<Row> frame, String display) {
  private static final int PIECE = 1 << 16;

  /** Returns whether values of this type are integers. */
  static boolean isInteger(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  private boolean isInteger() {
    return isInteger(frame.schema().apply(name).dataType());
  }

  /**
   * Sorts the ids.
   *
   * @param count the number of rows
   * @throws UserException if an id is missing or occurs twice
   */
  TableIds ids(ParquetColumns columns, long count) {
    MissingId missing = new MissingId(name, display);
    IdOrder order = IdOrder.of(ofFrame(missing), count);
    try {
      order.requireUnique(name, display);
      if (order.count() != count) {
        throw ParquetBlocks.changed(display);
      }
      IdAssigner assigner =
          isInteger() ? new IdAssigner.Numeric(new IdIndex.Identity()) : new IdAssigner.Unranked();
      return new TableIds(
          new ParquetIds(columns, assigner, Map.of()), Optional.of(order), order.arePositions());
    } catch (UserException e) {
      order.close();
      throw e;
    }
  }

  // A filter would find no row without an id if the metadata of a file say that it has none.
  private JavaRDD<IdArray> ofFrame(MissingId missing) {
    return isInteger()
        ? frame
            .select(ColumnNames.named(name).cast(DataTypes.LongType))
            .javaRDD()
            .map(missing::required)
            .mapPartitions(rows -> pieces(rows, IdColumn::numbers))
        : frame
            .select(ColumnNames.string(name))
            .javaRDD()
            .map(missing::required)
            .mapPartitions(rows -> pieces(rows, IdColumn::names));
  }

  /** Reads the ids of the next rows. */
  @FunctionalInterface
  private interface Piece {
    IdArray read(Iterator<Row> rows);
  }

  private static Iterator<IdArray> pieces(Iterator<Row> rows, Piece piece) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public IdArray next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return piece.read(rows);
      }
    };
  }

  private static IdArray numbers(Iterator<Row> rows) {
    LongStream.Builder numbers = LongStream.builder();
    for (int i = 0; i < PIECE && rows.hasNext(); i++) {
      numbers.add(rows.next().getLong(0));
    }
    return new IdArray.Numbers(numbers.build().toArray());
  }

  private static IdArray names(Iterator<Row> rows) {
    List<String> names = new ArrayList<>();
    while (names.size() < PIECE && rows.hasNext()) {
      names.add(rows.next().getString(0));
    }
    return new IdArray.Names(names.toArray(String[]::new));
  }
}
