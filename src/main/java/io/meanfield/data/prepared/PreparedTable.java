package io.meanfield.data.prepared;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code examples} of a prepared data set: one row per example. */
final class PreparedTable {
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);
  static final String ID = "id";
  static final RowTable<Example> TABLE =
      RowTable.<Example>named("examples")
          .column(ID, DataTypes.LongType, Example::id)
          .nullable("key", DataTypes.StringType, Example::externalId)
          .nullable("label", DataTypes.IntegerType, Example::label)
          .nullable("targets", FLOATS, Example::targets)
          .nullable("pixels", DataTypes.BinaryType, Example::pixels)
          .nullable("features", FLOATS, Example::features)
          .nullable("weight", DataTypes.FloatType, Example::weight);

  private PreparedTable() {}

  static void write(SparkSession spark, JavaRDD<Examples> blocks, RunDirectory run) {
    TABLE.write(
        spark,
        run,
        blocks.flatMap(
            block ->
                IntStream.range(0, block.count())
                    .mapToObj(row -> new Example(block, row))
                    .iterator()));
  }

  /** One example of a block; stays inside a task. */
  record Example(Examples block, int row) {
    long id() {
      return block.ids()[row];
    }

    Optional<String> externalId() {
      return block.externalId(row);
    }

    Optional<Integer> label() {
      return block.targets() instanceof Targets.Classes
          ? Optional.of(block.label(row))
          : Optional.empty();
    }

    Optional<Float[]> targets() {
      return block.targets() instanceof Targets.Values values
          ? Optional.of(boxed(values.values(), row * values.width(), values.width()))
          : Optional.empty();
    }

    Optional<byte[]> pixels() {
      return block.features() instanceof Features.Pixels pixels
          ? Optional.of(
              Arrays.copyOfRange(pixels.values(), row * block.width(), (row + 1) * block.width()))
          : Optional.empty();
    }

    Optional<Float[]> features() {
      return block.features() instanceof Features.Floats floats
          ? Optional.of(boxed(floats.values(), row * block.width(), block.width()))
          : Optional.empty();
    }

    Optional<Float> weight() {
      return block.isWeighted() ? Optional.of(block.weight(row)) : Optional.empty();
    }

    private static Float[] boxed(float[] numbers, int first, int count) {
      Float[] boxed = new Float[count];
      Arrays.setAll(boxed, i -> numbers[first + i]);
      return boxed;
    }
  }
}
