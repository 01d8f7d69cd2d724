package io.meanfield.data.prepared;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code examples} of a prepared data set: a row for each example. */
final class PreparedTable {
  static final Table TABLE =
      Table.of(
          "examples",
          Table.column("id", DataTypes.LongType),
          Table.nullable("key", DataTypes.StringType),
          Table.nullable("label", DataTypes.IntegerType),
          Table.nullable("targets", DataTypes.createArrayType(DataTypes.FloatType, false)),
          Table.nullable("pixels", DataTypes.BinaryType),
          Table.nullable("features", DataTypes.createArrayType(DataTypes.FloatType, false)));
  // As for predictions: neither one file for all examples nor one for every 4 MiB of them.
  private static final int BLOCKS_PER_FILE = 64;

  private PreparedTable() {}

  static void write(SparkSession spark, JavaRDD<Examples> blocks, RunDirectory run) {
    String id = run.id().value();
    JavaRDD<Row> rows = blocks.flatMap(block -> rows(id, block));
    int files = (blocks.getNumPartitions() + BLOCKS_PER_FILE - 1) / BLOCKS_PER_FILE;
    TABLE.write(run, spark.createDataFrame(rows.coalesce(files), TABLE.schema()));
  }

  private static Iterator<Row> rows(String run, Examples block) {
    List<Row> rows = new ArrayList<>(block.count());
    float[] features = new float[block.width()];
    for (int row = 0; row < block.count(); row++) {
      boolean pixels = block.features() instanceof Features.Pixels;
      block.features().write(row, features, 0);
      rows.add(
          RowFactory.create(
              run,
              block.ids()[row],
              block.externalId(row).orElse(null),
              block.targets() instanceof Targets.Classes ? block.label(row) : null,
              targets(block, row),
              pixels ? pixels(block, row) : null,
              pixels ? null : boxed(features, 0, features.length)));
    }
    return rows.iterator();
  }

  private static Float[] targets(Examples block, int row) {
    return block.targets() instanceof Targets.Values numbers
        ? boxed(numbers.values(), row * numbers.width(), numbers.width())
        : null;
  }

  private static byte[] pixels(Examples block, int row) {
    byte[] all = ((Features.Pixels) block.features()).values();
    return Arrays.copyOfRange(all, row * block.width(), (row + 1) * block.width());
  }

  private static Float[] boxed(float[] numbers, int first, int count) {
    Float[] boxed = new Float[count];
    Arrays.setAll(boxed, i -> numbers[first + i]);
    return boxed;
  }
}
