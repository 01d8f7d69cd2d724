package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.data.shard.ExampleTotals;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.Folds;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The column of weights of tables. */
class ExampleWeightsIT {
  private static final ColumnRoles PLAIN =
      new ColumnRoles(
          Optional.of("id"),
          Optional.empty(),
          List.of(),
          Optional.of("y"),
          List.of(),
          HandleUnknown.ERROR);
  private static final ColumnRoles WEIGHTED = PLAIN.withWeight(Optional.of("w"));

  @TempDir private Path folder;

  private String csv(String... rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,x,w,y"));
    lines.addAll(List.of(rows));
    return Files.write(folder.resolve("a.csv"), lines).toString();
  }

  private static Dataset open(SparkSession session, Source source, boolean needsTargets) {
    ReadContext context =
        ReadContext.of(JavaSparkContext.fromSparkContext(session.sparkContext()), 2);
    return source.open(needsTargets ? context.withTargets() : context);
  }

  private Dataset open(ColumnRoles roles, String... rows) throws IOException {
    return open(LocalSpark.session(), new CsvSource(List.of(csv(rows)), roles, Map.of()), true);
  }

  private static Map<Long, Float> weights(Dataset data) {
    Map<Long, Float> weights = new TreeMap<>();
    for (Examples block : data.blocks().collect()) {
      for (int row = 0; row < block.count(); row++) {
        weights.put(block.ids()[row], block.weight(row));
      }
    }
    return weights;
  }

  @Test
  void weightIsNoFeatureAndPartOfTheFingerprint() throws IOException {
    Dataset data = open(WEIGHTED, "1,5,2.5,0", "2,6,0,1");
    assertThat(data.width()).isEqualTo(1);
    assertThat(data.isWeighted()).isTrue();
    assertThat(weights(data)).isEqualTo(Map.of(0L, 2.5f, 1L, 0f));
    String fingerprint = data.fingerprint(); // before the file is replaced
    assertThat(open(WEIGHTED, "1,5,2.5,0", "2,6,1,1").fingerprint()).isNotEqualTo(fingerprint);
    Dataset plain = open(PLAIN, "1,5,2.5,0", "2,6,0,1");
    assertThat(plain.width()).isEqualTo(2);
    assertThat(plain.blocks().first().weights()).isEmpty();
  }

  @Test
  void wrongWeightsAreReported() {
    assertThatThrownBy(() -> open(WEIGHTED, "1,5,-1,0", "2,6,,1", "3,6,NaN,1", "4,5,1,0"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessageContainingAll(
            "a.csv, id 1: column w is \"-1\", expected the weight of an example: a number of at"
                + " least 0",
            "a.csv, id 2: column w has no value, expected the weight of an example",
            "a.csv, id 3: column w is \"NaN\", expected the weight of an example");
    assertThatThrownBy(() -> open(PLAIN.withWeight(Optional.of("v")), "1,5,1,0"))
        .hasMessageContaining("data.columns.weight = v");
  }

  @Test
  void weightsOfFramesAreChecked() {
    SparkSession session = LocalSpark.session();
    ColumnRoles frames =
        new ColumnRoles(
                Optional.of("id"),
                Optional.of(List.of("x")),
                List.of(),
                Optional.of("y"),
                List.of(),
                HandleUnknown.ERROR)
            .withWeight(Optional.of("w"));
    for (String wrong : List.of("-1", "null", "double('NaN')", "double('Infinity')")) {
      Source source =
          new FrameSource(
              session.sql("select 1 as id, 5.0 as x, cast(" + wrong + " as double) as w, 0 as y"),
              frames,
              "the DataFrame");
      assertThatThrownBy(() -> open(session, source, true))
          .hasMessageContaining("the DataFrame, id 1: column w ")
          .hasMessageContaining("expected the weight of an example: a number of at least 0");
    }
    assertThatThrownBy(
            () ->
                open(
                    session,
                    new FrameSource(
                        session.sql("select 1 as id, 5.0 as x, true as w, 0 as y"),
                        frames,
                        "the DataFrame"),
                    true))
        .hasMessage(
            "the DataFrame has boolean in column w, expected numbers, because data.columns.weight"
                + " names the column");
  }

  @Test
  void dataForPredictionsNeedNoWeights() throws IOException {
    Files.write(folder.resolve("p.csv"), List.of("id,x", "1,5"));
    Source source = new CsvSource(List.of(folder + "/p.csv"), WEIGHTED, Map.of());
    assertThat(open(LocalSpark.session(), source, false).isWeighted()).isFalse();
  }

  @Test
  void examplesThatAllHaveWeightZeroAreRefused() throws IOException {
    Dataset zeros = open(WEIGHTED, "1,5,0,0", "2,6,0,1");
    assertThatThrownBy(() -> weights(zeros, Split.of(2, 0, 1, 7)))
        .hasMessageEndingWith(
            "a.csv has no training example with a weight above 0, expected at least one");
    Dataset data = open(WEIGHTED, "1,5,0,0", "2,6,1,1");
    Split split = Split.of(2, 0, 1, 7);
    ExampleTotals totals = ExampleTotals.of(data, split, Balance.CLASS_WEIGHTS);
    assertThat(ClassBalancing.of(data, totals, Balance.CLASS_WEIGHTS, 2).weights().weights())
        .containsExactly(1, 1);
  }

  @Test
  void trainingWeightsHaveMeanOneAndTheSameBitsInBothFormats() throws IOException {
    List<String> rows = new ArrayList<>(List.of("id,x,w,y"));
    for (int i = 0; i < 500; i++) {
      rows.add(i + "," + i % 9 + "," + i % 7 * 0.3f + "," + i % 2);
    }
    Files.write(folder.resolve("t.csv"), rows);
    SparkSession session = LocalSpark.session();
    session
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(folder.resolve("t.csv").toString())
        .repartition(7)
        .write()
        .parquet(folder.resolve("parquet").toString());
    Source csv = new CsvSource(List.of(folder + "/t.csv"), WEIGHTED, Map.of());
    Source parquet = new ParquetSource(List.of(folder + "/parquet"), WEIGHTED);
    Map<String, Map<Long, Float>> shards = trainingWeights(session, csv);
    assertThat(trainingWeights(session, parquet)).isEqualTo(shards);
    assertThat(
            shards.values().stream()
                .flatMap(shard -> shard.values().stream())
                .mapToDouble(Float::doubleValue)
                .average()
                .orElseThrow())
        .isCloseTo(1, within(1e-6));
  }

  private static ExampleWeights weights(Dataset data, Split split) {
    return ExampleWeights.of(data, split, ExampleTotals.of(data, split, Balance.NONE));
  }

  /** Returns the weights of the training examples by fingerprint and worker, and by example. */
  private static Map<String, Map<Long, Float>> trainingWeights(
      SparkSession session, Source source) {
    Dataset data = open(session, source, true);
    Split split = Split.of(data.count(), 0.2, 3, 5);
    ExampleWeights weights = weights(data, split);
    Map<String, Map<Long, Float>> byShard = new TreeMap<>();
    for (ShardGroup group :
        new Sharding(data, split, Folds.NONE, weights, 2, ChunkSize.DEFAULT)
            .training()
            .map(ShardGroup::inMemory)
            .collect()) {
      for (Shard shard : group.shards()) {
        Map<Long, Float> byId = new TreeMap<>();
        for (int row = 0; row < shard.chunks().read(0).count(); row++) {
          byId.put(shard.chunks().read(0).ids()[row], shard.chunks().read(0).weight(row));
        }
        byShard.put(data.fingerprint() + " " + shard.worker(), byId);
      }
    }
    return byShard;
  }
}
