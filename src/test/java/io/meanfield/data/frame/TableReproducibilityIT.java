package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.Folds;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table is the same data set with any number of cores and with both serialisers of Spark. */
@Tag("cluster")
@Tag("promise")
class TableReproducibilityIT {
  private static final int ROWS = 3_000;
  private static final int WIDTH = 700; // three blocks of 4 MiB

  @TempDir private Path folder;

  private static final ColumnRoles COLUMNS =
      new ColumnRoles(
          Optional.of("id"),
          Optional.of(List.of("v")),
          List.of("w"),
          Optional.of("y"),
          List.of(),
          HandleUnknown.EXTRA_COLUMN);

  private void write(SparkSession session) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,v,w,y"));
    IntStream.range(0, ROWS)
        .forEach(i -> lines.add("k" + (7 * i) % ROWS + "," + i + ",w" + i % 700 + ",c" + i % 2));
    Files.write(folder.resolve("1.csv"), lines.subList(0, 1_001));
    List<String> rest = new ArrayList<>(lines.subList(0, 1));
    rest.addAll(lines.subList(1_001, lines.size()));
    Files.write(folder.resolve("2.csv"), rest);
    session
        .range(ROWS)
        .selectExpr(
            "concat('k', id * 7 % 3000) as id",
            "transform(sequence(1, " + WIDTH + "), i -> cast(id * i % 97 as float)) as v",
            "'w' as w",
            "id % 2 as y")
        .repartition(5)
        .write()
        .parquet(folder.resolve("parquet").toString());
  }

  private List<String> describe(SparkSession session) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<String> described = new ArrayList<>();
    for (Source source :
        List.of(
            new CsvSource(List.of(folder + "/*.csv"), COLUMNS, Map.of()),
            new ParquetSource(List.of(folder.resolve("parquet").toString()), COLUMNS))) {
      Dataset data = source.open(ReadContext.of(context, 2));
      described.add(data.count() + " of " + data.width() + " " + data.fingerprint());
      for (Examples block : data.blocks().collect()) {
        described.add("block " + Arrays.hashCode(block.ids()));
      }
      Split split = Split.of(ROWS, 0.1, 3, 5);
      Sharding sharding =
          new Sharding(data, split, Folds.NONE, ExampleWeights.NONE, 2, ChunkSize.DEFAULT);
      for (ShardGroup group : sharding.training().map(ShardGroup::inMemory).collect()) {
        for (Shard shard : group.shards()) {
          described.add(
              shard.worker()
                  + " "
                  + Arrays.hashCode(shard.chunks().read(0).ids())
                  + " "
                  + Arrays.hashCode(shard.chunks().read(0).externalIds()));
        }
      }
    }
    return described;
  }

  @Test
  void oneCoreWithKryoReadsTheSameBitsAsTwoCoresWithJavaSerialisation() throws IOException {
    write(LocalSpark.session());
    List<String> twoCores = describe(LocalSpark.session());
    assertThat(twoCores)
        .hasSize(2 * (1 + 3 + 3)) // sizes, three blocks, three shards
        .anyMatch(line -> line.startsWith("3000 of 702 "));
    Map<String, String> kryo =
        Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    try (SparkSession oneCore = LocalSpark.on("local[1]", kryo)) {
      assertThat(describe(oneCore)).isEqualTo(twoCores);
    }
  }
}
