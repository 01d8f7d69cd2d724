package io.meanfield.data.frame;

import static io.meanfield.data.frame.TestTables.HEADER;
import static io.meanfield.data.frame.TestTables.LABELLED;
import static io.meanfield.data.frame.TestTables.columns;
import static io.meanfield.data.frame.TestTables.shards;
import static io.meanfield.data.frame.TestTables.strings;
import static io.meanfield.data.idx.IdxFixtures.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of CSV and Parquet become. */
class TableReadingIT {
  private final JavaSparkContext spark = LocalSpark.context();
  private final Path folder;
  private final TestTables tables;

  TableReadingIT(@TempDir Path folder) {
    this.folder = folder;
    tables = new TestTables(folder);
  }

  @Test
  void rowsAreEncodedAsNumbersOneHotCategoriesAndClasses() {
    Dataset data =
        tables.csv(
            LABELLED,
            tables.write(
                "a.csv", HEADER + "7,red,1.5,2,rose\n8,\"blue\",-1e3,.5,iris\n9,red,0,0,iris\n"));
    assertThat(data.count()).isEqualTo(3);
    assertThat(data.width()).isEqualTo(4);
    assertThat(strings(data))
        .containsExactlyInAnyOrder(
            "[1.5, 2.0, 0.0, 1.0] class 1",
            "[-1000.0, 0.5, 1.0, 0.0] class 0",
            "[0.0, 0.0, 0.0, 1.0] class 0");
    assertThat(data.encoder().orElseThrow().labels().orElseThrow().values())
        .containsExactly("iris", "rose");
  }

  @Test
  void equalRowsAreExamplesOfTheirOwn() {
    Dataset data = tables.csv(LABELLED, tables.write("a.csv", HEADER + "1,red,1,0,0\n".repeat(3)));
    assertThat(strings(data)).isEqualTo(Collections.nCopies(3, "[1.0, 0.0, 1.0] class 0"));
  }

  @Test
  void neitherFilesNorTheirOrderChangeTheDataSet() {
    String rows = "1,red,1,0,0\n2,red,2,0,1\n3,red,3,0,1\n4,blue,4,0,1\n";
    Dataset one = tables.csv(LABELLED, tables.write("one.csv", HEADER + rows));
    tables.write("part-2.csv", HEADER + "3,red,3,0,1\n1,red,1,0,0\n");
    tables.write("part-1.csv", HEADER + "2,red,2,0,1\n");
    IdxFixtures.write(
        folder,
        "part-3.csv.gz",
        gzip((HEADER + "4,blue,4,0,1\n").getBytes(StandardCharsets.UTF_8)));
    Dataset parts = tables.csv(LABELLED, folder + "/part-*");
    assertThat(strings(parts)).hasSize(4).isEqualTo(strings(one));
    assertThat(parts.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(
            tables
                .csv(
                    LABELLED,
                    folder + "/part-2.csv",
                    folder + "/part-1.csv",
                    folder + "/part-3.csv")
                .fingerprint())
        .isEqualTo(one.fingerprint());
  }

  @Test
  void orderOfRowsDoesNotMatterWithAnIdColumn() {
    String rows = "-5,red,1,0,0\n900000000000,red,2,0,1\n17,blue,3,0,1\n";
    String reordered = "17,blue,3,0,1\n-5,red,1,0,0\n900000000000,red,2,0,1\n";
    ColumnRoles columns = columns("id", "kind", List.of(), List.of("color"));
    Dataset one = tables.csv(columns, tables.write("one.csv", HEADER + rows));
    Dataset other = tables.csv(columns, tables.write("other.csv", HEADER + reordered));
    assertThat(strings(one))
        .containsExactlyInAnyOrder(
            "-5 [1.0, 0.0, 0.0, 1.0] class 0",
            "900000000000 [2.0, 0.0, 0.0, 1.0] class 1",
            "17 [3.0, 0.0, 1.0, 0.0] class 1")
        .isEqualTo(strings(other));
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(shards(one)).isEqualTo(shards(other));
  }

  @Test
  void pathWithCharactersOfGlobsIsItself() throws IOException {
    String odd = tables.writeParquet("odd [1]{a} 100%20*", 40, 2);
    Dataset expected =
        tables.parquet(tables.writeParquet("plain", 40, 2), List.of("size"), List.of(), "key");
    Dataset found = tables.parquet(odd, List.of("size"), List.of(), "key");
    assertThat(found.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(
            tables
                .csv(LABELLED, tables.write("a[1].csv", HEADER + "1,red,1,2,x\n2,red,1,2,y\n"))
                .count())
        .isEqualTo(2);
  }

  @Test
  void parquetFeaturesMayBePixelsArraysNumbersAndCategories() {
    String path = tables.writeParquet("three", 3, 1);
    assertThat(strings(tables.parquet(path, List.of("pixels"), List.of(), "key")))
        .containsExactlyInAnyOrder(
            "1000 [0.0, 1.0] class 0",
            "997 [" + 1 / 255f + ", 1.0] class 1",
            "994 [" + 2 / 255f + ", 1.0] class 0");
    assertThat(strings(tables.parquet(path, List.of("vector", "size"), List.of("color"), "key")))
        .contains("997 [0.5, -1.0, 1.0, 1.0, 0.0] class 1");
  }

  @Test
  void parquetTargetsMayContainArrays() {
    ColumnRoles columns =
        new ColumnRoles(
            Optional.of("color"),
            Optional.of(List.of("size")),
            List.of(),
            Optional.empty(),
            List.of("vector", "kind"),
            HandleUnknown.ERROR);
    String path = tables.writeParquet("two", 2, 1);
    Dataset data = new ParquetSource(List.of(path), columns).open(ReadContext.of(spark, 2));
    assertThat(strings(data))
        .containsExactlyInAnyOrder("blue [1.0] target 0.5", "red [0.0] target 0.0");
    new DatasetCheck(data).requireOutputs(3);
  }

  @Test
  void numberOfParquetFilesDoesNotChangeTheDataSet() {
    Dataset one =
        tables.parquet(tables.writeParquet("one", 100, 1), List.of("pixels"), List.of(), "key");
    Dataset many =
        tables.parquet(tables.writeParquet("many", 100, 7), List.of("pixels"), List.of(), "key");
    assertThat(one.fingerprint()).isEqualTo(many.fingerprint());
    assertThat(shards(one)).hasSize(70).isEqualTo(shards(many));
    List<Examples> blocks = many.blocks().collect();
    assertThat(blocks).hasSize(1);
    assertThat(blocks.get(0).ids()).isSorted();
  }
}
