package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meanfield.LocalSpark;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.ReadContext;
import io.meanfield.settings.SettingsTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's tables and their versions, with the library of the profile cluster. */
@Tag("cluster")
class IcebergIT {
  @TempDir private Path warehouse;

  private static Dataset open(SparkSession spark, String data) {
    SettingsTree tree =
        SettingsTree.load(
            List.of(),
            List.of("data { format = spark, columns { id = id, label = y }, " + data + " }"));
    return DataSettings.read(tree.section("data"), "runs")
        .train()
        .open(
            ReadContext.of(JavaSparkContext.fromSparkContext(spark.sparkContext()), 2)
                .fittedTo(TrainingShare.ALL));
  }

  @Test
  void versionOfATableStaysTheSame() {
    assumeThat(LocalSpark.session().version()).startsWith("3.5.");
    SparkSession spark =
        LocalSpark.on(
            "local[2]",
            Map.of(
                "spark.sql.catalog.lake",
                "org.apache.iceberg.spark.SparkCatalog",
                "spark.sql.catalog.lake.type",
                "hadoop",
                "spark.sql.catalog.lake.warehouse",
                warehouse.toString()));
    try {
      spark.sql("CREATE TABLE lake.db.things (id BIGINT, x DOUBLE, y INT) USING iceberg");
      spark.sql("INSERT INTO lake.db.things VALUES (1, 0.5D, 0), (2, 1.5D, 1), (3, NULL, 1)");
      long version =
          spark.sql("SELECT snapshot_id FROM lake.db.things.snapshots").first().getLong(0);
      String before = open(spark, "train.table = lake.db.things").fingerprint();
      spark.sql("INSERT INTO lake.db.things VALUES (4, 2.5D, 0)");
      assertThat(open(spark, "train.table = lake.db.things").count()).isEqualTo(4);
      assertThat(
              open(spark, "train { table = lake.db.things, version = " + version + " }")
                  .fingerprint())
          .isEqualTo(before);
    } finally {
      spark.stop();
    }
  }
}
