package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfusionQueryIT {
  @TempDir private Path folder;

  @Test
  void shownQueryListsTheConfusedPairsMostFrequentFirst() throws IOException {
    Path program = Files.createFile(folder.resolve("spark-sql"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    String table = folder.resolve("confusion").toString();
    SparkSession spark = LocalSpark.session();
    spark
        .sql("select * from values (0, 0, 9), (0, 1, 2), (1, 0, 3) as t(actual, predicted, count)")
        .write()
        .parquet(table);
    String line = ConfusionQuery.lines(table, folder.toString()).get(0);
    List<Row> rows =
        spark.sql(line.replaceAll("query    spark-sql -e '(.*)'", "$1")).collectAsList();
    assertThat(rows).extracting(Row::toString).containsExactly("[1,0,3]", "[0,1,2]");
  }
}
