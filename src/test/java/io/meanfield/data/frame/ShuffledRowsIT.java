package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.frame.packed.ColumnKind;
import io.meanfield.data.frame.packed.PackedRows;
import io.meanfield.data.frame.packed.RowPart;
import io.meanfield.fixture.LocalSpark;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class ShuffledRowsIT {
  private static final int ROWS = 20_000;

  /** Returns the key and the text of each row, in the order of the rows. */
  private static List<String> rows(JavaPairRDD<Integer, byte[]> packed, ColumnKind[] kinds) {
    return packed
        .mapPartitions(
            part -> {
              PackedRows rows = PackedRows.sorted(part);
              RowPart values = rows.unpacked(kinds);
              return IntStream.range(0, rows.count())
                  .mapToObj(
                      row -> {
                        values.moveTo(row);
                        return rows.key(row) + " " + values.text(0);
                      })
                  .iterator();
            })
        .collect();
  }

  @Test
  void tableWithManyBlocksIsReadOnceAndKeepsItsOrder() {
    LongAccumulator read = LocalSpark.session().sparkContext().longAccumulator();
    UDF1<Long, String> counting =
        id -> {
          read.add(1);
          return "row " + id / 2; // each twice
        };
    Column text = functions.udf(counting, DataTypes.StringType).apply(functions.col("id")).as("a");
    Dataset<Row> frame = LocalSpark.session().range(0, ROWS, 1, 3).select(text);
    ShuffledRows shuffled =
        ShuffledRows.of(
            Table.of(frame, "table"), List.of(functions.col("a")), List.of(), Optional.empty());
    JavaPairRDD<Integer, byte[]> few = shuffled.partitions(1024);
    JavaPairRDD<Integer, byte[]> many = shuffled.partitions(1025);
    assertThat(few.getNumPartitions()).isEqualTo(128);
    assertThat(many.getNumPartitions()).isEqualTo(1024);
    List<String> rows = rows(few, shuffled.kinds());
    assertThat(rows).hasSize(ROWS).filteredOn(row -> row.endsWith(" row 17")).hasSize(2);
    assertThat(rows(many, shuffled.kinds())).isEqualTo(rows);
    assertThat(read.value()).isEqualTo(ROWS);
  }
}
