package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.LocalSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Small tables in CSV and Parquet.
 *
 * @param folder receives the files
 */
record TestTables(Path folder) {
  static final ColumnRoles LABELLED = columns(null, "kind", List.of(), List.of("color"));
  static final String HEADER = "id,color,size,weight,kind\n";

  private static final StructType PARQUET =
      new StructType()
          .add("key", DataTypes.LongType)
          .add("pixels", DataTypes.BinaryType)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType))
          .add("size", DataTypes.IntegerType)
          .add("color", DataTypes.StringType)
          .add("kind", DataTypes.IntegerType);

  static ColumnRoles columns(
      String id, String label, List<String> targets, List<String> categories) {
    return new ColumnRoles(
        Optional.ofNullable(id),
        Optional.of(List.of("size", "weight")),
        categories,
        Optional.ofNullable(label),
        targets,
        HandleUnknown.ERROR);
  }

  String write(String name, String text) {
    return IdxFixtures.write(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  Dataset csv(ColumnRoles columns, String... paths) {
    return csv(columns, Optional.empty(), paths);
  }

  Dataset csv(ColumnRoles columns, Optional<TableEncoder> known, String... paths) {
    return new CsvSource(List.of(paths), columns, Map.of())
        .open(ReadContext.of(LocalSpark.context(), 2).withEncoder(known));
  }

  /** Returns each example as a string, in the order of the numbers 0, 1, 2 … that they have. */
  static List<String> strings(Dataset data) {
    List<String> strings = new ArrayList<>();
    for (Examples block : data.blocks().collect()) {
      for (int row = 0; row < block.count(); row++) {
        assertThat(block.ids()[row]).isEqualTo(strings.size());
        strings.add(text(block, row));
      }
    }
    return strings;
  }

  private static String text(Examples block, int row) {
    float[] features = new float[block.width()];
    block.features().write(row, features, 0);
    List<Float> numbers = new ArrayList<>();
    for (float feature : features) {
      numbers.add(feature);
    }
    String target =
        block.targets() instanceof Targets.Classes
            ? "class " + block.label(row)
            : block.targets() instanceof Targets.Values targets
                ? "target " + targets.values()[row * targets.width()]
                : "unknown";
    return block.externalId(row).map(id -> id + " ").orElse("") + numbers + " " + target;
  }

  static List<String> shards(Dataset data) {
    Split split = Split.of(data.count(), 0.3, 2, 777);
    List<String> shards = new ArrayList<>();
    for (ShardGroup group :
        TestSharding.of(data, split, 1).training().map(ShardGroup::inMemory).collect()) {
      Examples examples = group.shards().get(0).chunks().read(0);
      for (int row = 0; row < examples.count(); row++) {
        shards.add(group.index() + " " + examples.ids()[row] + " " + text(examples, row));
      }
    }
    return shards;
  }

  String writeParquet(String name, int rows, int files) {
    List<Row> all =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    RowFactory.create(
                        1000L - 3L * i,
                        new byte[] {(byte) i, (byte) 255},
                        new Float[] {i / 2f, -1f},
                        i,
                        i % 2 == 0 ? "red" : "blue",
                        i % 2))
            .toList();
    String path = folder.resolve(name).toString();
    LocalSpark.session().createDataFrame(all, PARQUET).repartition(files).write().parquet(path);
    return path;
  }

  Dataset parquet(String path, List<String> features, List<String> categories, String id) {
    ColumnRoles columns =
        new ColumnRoles(
            Optional.ofNullable(id),
            Optional.of(features),
            categories,
            Optional.of("kind"),
            List.of(),
            HandleUnknown.ERROR);
    return new ParquetSource(List.of(path), columns).open(ReadContext.of(LocalSpark.context(), 2));
  }
}
