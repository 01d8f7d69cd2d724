package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.Registry;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retrains on versions of tables, with the libraries of Delta Lake and Iceberg. */
@Tag("cluster")
@Tag("promise")
class VersionedTablesIT {
  @TempDir private static Path warehouse;
  private static SparkSession spark;

  @TempDir private Path folder;
  private StepData data;

  private enum Lake {
    DELTA(
        "default.steps",
        "Cannot time travel Delta table to version 99. Available versions: [0, 2]."),
    ICEBERG("lake.db.steps", "Cannot find snapshot with ID 99");

    final String table;
    final String noVersion99;

    Lake(String table, String noVersion99) {
      this.table = table;
      this.noVersion99 = noVersion99;
    }

    /** Returns number and time of the newest version. */
    Row newest() {
      return this == DELTA
          ? spark
              .sql("DESCRIBE HISTORY " + table)
              .selectExpr("version", "string(timestamp)")
              .first()
          : spark
              .table(table + ".snapshots")
              .orderBy(functions.desc("committed_at"))
              .selectExpr("snapshot_id", "string(committed_at)")
              .first();
    }
  }

  @BeforeAll
  static void openCatalogs() {
    assumeThat(LocalSpark.session().version()).startsWith("3.5.");
    spark =
        LocalSpark.on(
            "local[2]",
            Map.of(
                "spark.sql.warehouse.dir",
                warehouse.resolve("delta").toString(),
                "spark.sql.extensions",
                "io.delta.sql.DeltaSparkSessionExtension",
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog",
                "spark.databricks.delta.snapshotPartitions", // by default 50 tasks for each query
                "1",
                "spark.sql.catalog.lake",
                "org.apache.iceberg.spark.SparkCatalog",
                "spark.sql.catalog.lake.type",
                "hadoop",
                "spark.sql.catalog.lake.warehouse",
                warehouse.resolve("iceberg").toString()));
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.stop();
    }
  }

  @BeforeEach
  void writeTestExamples() throws IOException {
    data = new StepData(folder);
    data.writeTestExamples();
  }

  private void append(Lake lake, String date) throws Exception {
    data.arrive(date);
    spark
        .read()
        .option("header", true)
        .schema("x DOUBLE, y INT")
        .csv(data.partition(date).toString())
        .writeTo(lake.table)
        .append();
  }

  private JobSettings settings(Lake lake, String version) {
    return data.settings(
        folder.resolve("runs").toString(),
        folder.resolve("models").toString(),
        "data { format = spark, train { table = " + lake.table + ", " + version + " } }",
        "data.test { source = csv, options { header = true, inferSchema = true } }",
        "retrain { input = null, floor = 0.4 }");
  }

  private Outcome retrain(Lake lake, String date, String version) {
    RetrainOptions options = new RetrainOptions(LocalDate.parse(date), false, false);
    return new RetrainJob(
            TestJobs.context(settings(lake, version), date), options, new TrainingListener() {})
        .run();
  }

  private ModelVersion champion() {
    return new Registry(new Configuration(), folder.resolve("models").toString())
        .model(StepData.MODEL)
        .champion()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void championNamesTheVersionOfTheTableThatItWasTrainedOn(Lake lake) throws Exception {
    spark.sql("CREATE TABLE " + lake.table + " (x DOUBLE, y INT) USING " + lake);
    append(lake, "2026-01-01");
    Row first = lake.newest();
    append(lake, "2026-01-02");
    Row second = lake.newest();

    Outcome promoted = retrain(lake, "2026-01-01", timestamp(first));
    assertThat(promoted.message()).startsWith("promoted steps@1: ");
    assertThat(retrain(lake, "2026-01-02", version(second)).message())
        .startsWith("promoted steps@2: ");
    assertThat(champion().manifest().json().getLong("run.settings.data.train.version"))
        .isEqualTo(second.getLong(0));
    assertThat(TestJobs.weights(TestJobs.train(settings(lake, version(first)), "again").run()))
        .isEqualTo(TestJobs.weights(promoted));
    assertThatThrownBy(() -> retrain(lake, "2026-01-03", "version = 99"))
        .isInstanceOf(UserException.class)
        // Iceberg finds out when the rows are read, which is a check; Delta when the table is
        // opened.
        .hasMessageEndingWith(lake.table + " VERSION AS OF 99 cannot be read: " + lake.noVersion99);
  }

  private static String version(Row row) {
    return "version = " + row.getLong(0);
  }

  private static String timestamp(Row row) {
    return "timestamp = \"" + row.getString(1) + "\"";
  }
}
