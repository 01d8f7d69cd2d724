package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables, queries and data sources of Spark as data sets. */
class SparkSourceIT {
  private static final String COLUMNS =
      "columns { id = id, label = kind, categorical = [color], features = [size, large, price] },"
          + " validation-fraction = 0.3";
  private static final String NO_ID =
      "columns { label = kind, categorical = [color], exclude = [id] }, validation-fraction = 0.3";

  @TempDir private Path folder;

  private final SparkSession spark = LocalSpark.session();

  @AfterEach
  void dropTables() {
    spark.sql("DROP TABLE IF EXISTS rows_of_things");
    spark.catalog().dropTempView("things");
  }

  private static DataSettings settings(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    return DataSettings.read(tree.section("data"), "runs");
  }

  private Dataset open(String data) {
    return settings("data { " + data + " }")
        .train()
        .open(ReadContext.of(LocalSpark.context(), 2).fittedTo(new TrainingShare(0.3, 0, 1)));
  }

  /** Returns rows with gaps, in one partition. */
  private org.apache.spark.sql.Dataset<Row> rows() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("size", DataTypes.DoubleType)
            .add("large", DataTypes.BooleanType)
            .add("price", DataTypes.createDecimalType(8, 2))
            .add("color", DataTypes.StringType)
            .add("kind", DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          RowFactory.create(
              i * 7 % 60,
              i % 11 == 3 ? null : Math.sin(i) * 100,
              i % 5 < 2,
              new BigDecimal(i * i).movePointLeft(2).setScale(2),
              i % 9 == 4 ? null : List.of("red", "green", "blue").get(i % 3),
              i % 4 == 0 ? "b" : "a"));
    }
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  private String csv() throws IOException {
    Path file = folder.resolve("rows.csv");
    List<String> lines = new ArrayList<>(List.of("id,size,large,price,color,kind"));
    for (Row row : rows().collectAsList()) {
      Stream<String> values =
          IntStream.range(0, row.size())
              .mapToObj(i -> row.isNullAt(i) ? "" : row.get(i).toString());
      lines.add(String.join(",", values.toList()));
    }
    Files.write(file, lines);
    return file.toString();
  }

  @Test
  void sameRowsFromCsvTableQueryOrcAndJsonAreTheSameExamples() throws IOException {
    String expected =
        open("format = csv, train.path = \"" + csv() + "\", " + COLUMNS).fingerprint();
    rows()
        .repartition(3)
        .write()
        .option("path", folder.resolve("t").toString())
        .saveAsTable("rows_of_things");
    rows().repartition(5).write().orc(folder.resolve("orc").toString());
    rows().write().json(folder.resolve("json").toString());
    rows().createOrReplaceTempView("things");
    assertThat(
            Stream.of(
                    "table = rows_of_things",
                    "table = \"orc.`" + folder + "/orc`\"",
                    "query = \"SELECT * FROM things ORDER BY size -- all;\\n;\"",
                    "source = orc, path = \"" + folder + "/orc\"",
                    "source = json, path = \"" + folder + "/json\", options { multiLine = false }")
                .map(located -> open("format = spark, train { " + located + " }, " + COLUMNS))
                .map(Dataset::fingerprint))
        .containsOnly(expected);
  }

  @Test
  void idsThatAreContentDoNotDependOnTheOrderAndPartitionsOfTheRows() {
    org.apache.spark.sql.Dataset<Row> repeated =
        rows().union(rows().limit(7)).union(rows().limit(2));
    repeated.createOrReplaceTempView("things");
    Dataset expected = open("format = spark, train.table = things, " + NO_ID);
    String fingerprint = expected.fingerprint();
    assertThat(expected.count()).isEqualTo(69);
    for (org.apache.spark.sql.Dataset<Row> same :
        List.of(
            repeated.repartition(7),
            repeated.orderBy(functions.col("size").desc()).coalesce(1),
            repeated.select("kind", "color", "price", "large", "size", "id").orderBy("kind"))) {
      same.createOrReplaceTempView("things");
      assertThat(
              open("format = spark, train.table = things, "
                      + NO_ID
                      + ", columns.features = [size, large, price], columns.exclude = []")
                  .fingerprint())
          .isEqualTo(fingerprint);
    }
  }

  @Test
  void equalRowsHaveConsecutiveIds() {
    rows().union(rows()).createOrReplaceTempView("things");
    List<Long> ids =
        open("format = spark, train.table = things, " + NO_ID)
            .blocks()
            .flatMap(block -> Arrays.stream(block.ids()).boxed().iterator())
            .collect();
    List<Long> sorted = ids.stream().sorted().toList();
    assertThat(sorted).hasSize(120).doesNotHaveDuplicates().allMatch(id -> id >= 0);
    for (int i = 0; i < sorted.size(); i += 2) {
      assertThat(sorted.get(i + 1)).isEqualTo(sorted.get(i) + 1);
    }
  }

  @Test
  void everyTypeOfAFeatureIsRead() {
    spark
        .sql(
            "SELECT i AS id, CAST(i AS FLOAT) f, DATE'2026-01-01' + CAST(i AS INT) d,"
                + " TIMESTAMP'2026-01-01 00:00:00Z' + make_dt_interval(i) t, CAST('2026-01-01"
                + " 08:15:00' AS TIMESTAMP_NTZ) n, i % 2 = 0 b, CAST(i AS DECIMAL(20,0)) m, i % 2"
                + " AS label FROM (SELECT explode(sequence(1, 9)) i)")
        .createOrReplaceTempView("things");
    Dataset data =
        open(
            "format = spark, train.table = things, columns { label = label, features = [id, f, d,"
                + " t, n, b, m] }");
    // Of id, f, b and m one input each; of d days and two cyclic parts, of t and n three.
    assertThat(data.width()).isEqualTo(4 + 5 + 7 + 7);
    assertThat(data.fingerprint()).isEqualTo(data.fingerprint());
  }

  @Test
  void arraysAndVectorsAreInputsAsTheyAre() {
    StructType schema =
        new StructType()
            .add("v", SQLDataTypes.VectorType())
            .add("a", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("y", DataTypes.IntegerType);
    spark
        .createDataFrame(
            List.of(
                RowFactory.create(Vectors.dense(1, 2), new Integer[] {3, 4, 5}, 0),
                RowFactory.create(
                    Vectors.sparse(2, new int[] {1}, new double[] {7}),
                    new Integer[] {6, 7, 8},
                    1)),
            schema)
        .createOrReplaceTempView("things");
    Dataset data = open("format = spark, train.table = things, columns.label = y");
    assertThat(data.width()).isEqualTo(5);
    assertThat(data.count()).isEqualTo(2);
  }

  /** Lets things be a query that counts its rows whenever Spark evaluates it. */
  private LongAccumulator countEvaluatedRows() {
    LongAccumulator evaluated = spark.sparkContext().longAccumulator();
    org.apache.spark.sql.Dataset<Row> rows = rows().repartition(3);
    JavaRDD<Row> counted =
        rows.javaRDD()
            .map(
                row -> {
                  evaluated.add(1);
                  return row;
                });
    spark.createDataFrame(counted, rows.schema()).createOrReplaceTempView("things");
    return evaluated;
  }

  @Test
  void queryIsEvaluatedOnceForALoadHoweverOftenItsExamplesAreRead() {
    for (String columns : List.of(COLUMNS, NO_ID)) {
      LongAccumulator evaluated = countEvaluatedRows();
      Dataset data =
          open("format = spark, train.query = \"SELECT * FROM things WHERE id >= 0\", " + columns);
      assertThat(data.fingerprint()).isEqualTo(data.fingerprint());
      assertThat(evaluated.sum()).isEqualTo(60);
    }
  }

  @Test
  void rowsOfSeveralPartitionsHaveTheSameNumbersInAnyPieces() {
    org.apache.spark.sql.Dataset<Row> rows =
        spark
            .range(4_000)
            .selectExpr("transform(sequence(1, 2000), i -> float(id * i)) x", "id % 2 y");
    Set<String> fingerprints = new HashSet<>();
    for (int pieces : new int[] {1, 5}) {
      rows.repartition(pieces).createOrReplaceTempView("things");
      Dataset data = open("format = spark, train.table = things, columns.label = y");
      assertThat(data.blocks().getNumPartitions()).isEqualTo(8); // of one block of 4 MiB each
      assertThat(
              data.blocks().collect().stream().flatMapToLong(block -> LongStream.of(block.ids())))
          .containsExactlyElementsOf(LongStream.range(0, 4_000).boxed().toList());
      fingerprints.add(data.fingerprint());
    }
    assertThat(fingerprints).hasSize(1);
  }

  @Test
  void columnOfAnotherTypeIsNamed() {
    spark.sql("SELECT map('a', array(1)) m, 1.0D x, 0 y").createOrReplaceTempView("things");
    String table = "format = spark, train.table = things, columns { label = y, features = [m, x] }";
    assertThatThrownBy(() -> open(table))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "things has map<string,array<int>> in column m, expected numbers, texts, an array or a"
                + " map of numbers or texts, a vector or bytes; name the column in"
                + " data.columns.exclude");
  }

  @Test
  void statementThatIsNoQueryChangesNothing() {
    rows().createOrReplaceTempView("things");
    rows()
        .write()
        .mode(SaveMode.Overwrite)
        .option("path", folder.resolve("t").toString())
        .saveAsTable("rows_of_things");
    for (String statement :
        List.of("DROP TABLE rows_of_things", "INSERT INTO rows_of_things SELECT * FROM things")) {
      assertThatThrownBy(
              () ->
                  open("format = spark, train.query = \"" + statement + "\", columns.label = kind"))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
          .hasMessageStartingWith("data.train.query cannot be read: ");
    }
    assertThat(spark.table("rows_of_things").count()).isEqualTo(60);
  }

  @Test
  void errorShowsNoSecretOfAQuery() {
    rows().createOrReplaceTempView("things");
    for (String sql :
        List.of(
            "SELECT *, size('planted') AS token FROM things",
            "SELECT *, concat(raise_error('planted'), 'a') AS token FROM things")) {
      assertThatThrownBy(
              () -> open("format = spark, train.query = \"" + sql + "\", columns.label = kind"))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("data.train.query cannot be read: ")
          .hasMessageContaining("***")
          .hasMessageNotContaining("planted");
    }
  }

  @Test
  void missingTableIsOneSentence() {
    assertThatThrownBy(() -> open("format = spark, train.table = nowhere, columns.label = kind"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessageStartingWith("nowhere cannot be read: ")
        .hasMessageContaining("cannot be found")
        .hasMessageNotContaining("\n");
  }

  @Test
  void queryThatDependsOnTheTimeIsReadAsOfOneMoment() {
    rows().createOrReplaceTempView("things");
    String query =
        "SELECT id, large, price, color, kind, unix_micros(current_timestamp()) size FROM things";
    Dataset data = open("format = spark, train.query = \"" + query + "\", " + NO_ID);
    assertThat(data.count()).isEqualTo(60);
    assertThat(data.fingerprint()).isEqualTo(data.fingerprint());
    data.release();
  }

  @Test
  void missingDriverOfJdbcIsNamedAndNotAPathThatTheSourceOverrides() {
    String jdbc = "train { path = old.csv, source = jdbc, options { dbtable = t, url = ";
    String url = "\"jdbc:nosuch://h/x\"";
    String remedy =
        " on the class path; add its package with --packages, or its jar with --jars, before the"
            + " command";
    for (String missing : List.of("driver of JDBC for nosuch", "class com.example.NoSuch")) {
      String driver = missing.startsWith("class") ? ", driver = com.example.NoSuch" : "";
      assertThatThrownBy(
              () -> open("format = spark, columns.label = y, " + jdbc + url + driver + " } }"))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
          .hasMessage("data.train.source = jdbc cannot be read: there is no " + missing + remedy);
    }
  }
}
