package io.meanfield.data.column;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.ml.MeanfieldRegressor;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.start.InitJob;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lays the same columns before every door: each says the same of them. */
class ColumnKindsIT {
  /** The columns of a table with types, each with what it is for and why. */
  private static final Map<String, String> TYPED = new TreeMap<>();

  static {
    TYPED.put("CAST(x AS DECIMAL(12, 2)) AS decimal_type", "number numbers");
    TYPED.put("CAST(x * 3 AS INT) % 40 AS int_type", "number whole numbers");
    TYPED.put(
        "CAST(x * 10 AS BIGINT) + 9007199254741993L AS long_type",
        "left out codes with too many digits for a number: an id or a name: nearly every text is"
            + " different");
    TYPED.put("x > 10 AS bool_type", "number true or false");
    TYPED.put("DATE'2024-01-01' + CAST(x AS INT) AS date_type", "date dates");
    TYPED.put(
        "TIMESTAMP'2024-01-01 08:00:00' + make_dt_interval(CAST(x AS INT)) AS time_type",
        "date dates");
    TYPED.put("array(x, x * 2) AS array_type", "number array<double>");
    TYPED.put(
        "slice(array(x, x, x, x), 1, 1 + CAST(x AS INT) % 4) AS ragged_type",
        "left out of type array<double> of different lengths, which is no feature;"
            + " data.train.query can select its size or its elements as columns");
    TYPED.put(
        "transform(sequence(0, CAST(x AS INT) % 3), i -> concat('tag ', i)) AS tags_type",
        "text sets of texts");
    TYPED.put(
        "sequence(0, CAST(x AS INT) % 3) AS codes_type",
        "left out of type array<int> of different lengths, which is no feature; name it in"
            + " data.columns.text to read it as a set");
    TYPED.put("map('a', x) AS map_type", "text sets with weights");
    TYPED.put(
        "map('a', array(x)) AS lists_type",
        "left out of type map<string,array<double>>, which is no feature; data.train.query can"
            + " select its size or its elements as columns");
    TYPED.put(
        "CAST(CAST(x AS STRING) AS BINARY) AS bytes_type",
        "left out bytes, which are an image only if they are the only feature");
    TYPED.put("1.5D AS constant_type", "left out the same value in every row");
    TYPED.put("CAST(NULL AS DOUBLE) AS null_type", "left out no value");
  }

  @TempDir private Path folder;

  private final SparkSession spark = LocalSpark.session();

  /** Returns what {@code init} says of each column. */
  private Map<String, String> init(Path table) {
    Path conf = folder.resolve(table.getFileName() + ".conf");
    List<String> printed =
        new InitJob(
                spark,
                new InitJob.Request(
                    Optional.of(table.toString()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("price"),
                    Optional.of(conf.toString())),
                line -> {})
            .run();
    Map<String, String> uses = new TreeMap<>();
    printed.stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| --"))
        .map(line -> line.split("\\|"))
        .forEach(cells -> uses.put(cells[1].strip(), cells[2].strip() + " " + cells[3].strip()));
    uses.remove("column");
    uses.remove("price");
    return uses;
  }

  /** Returns what a training says of each column. */
  private Map<String, String> train(String data, String run) {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                data,
                "data { columns.targets = [price], bad-rows = skip }",
                "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                "network { preset = none, hidden-layers = [ { dense = 2, activation = relu } ] }",
                "train { workers = 1, epochs = 1 }"));
    assertThat(TestJobs.train(settings, run).run().exitCode()).isZero();
    Map<String, String> uses = new TreeMap<>();
    spark
        .read()
        .parquet(folder.resolve("runs/" + run + "/tables/columns").toString())
        .collectAsList()
        .forEach(
            row ->
                uses.put(
                    row.getAs("column"), row.getAs("role") + " " + row.<String>getAs("reason")));
    return uses;
  }

  /** Returns what a fit prints of the columns. */
  private String fit(Dataset<Row> frame) {
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"*"})
            .setLabelCol("price")
            .setHiddenLayers(new int[] {2})
            .setMaxIter(1)
            .setVerbose(true)
            .setNetwork("data.bad-rows = skip");
    regressor.fitLines().take();
    regressor.fit(frame);
    return regressor
        .fitLines()
        .take()
        .lines()
        .filter(line -> line.startsWith("columns"))
        .collect(joining("\n"));
  }

  private static Map<String, String> expectedOfTypes() {
    Map<String, String> expected = new TreeMap<>();
    TYPED.forEach((sql, use) -> expected.put(sql.replaceAll(".* AS ", ""), use));
    return expected;
  }

  @Test
  void textsAreTheSameToEveryDoor() throws IOException {
    Path csv = ColumnKinds.csv(folder);
    Map<String, String> expected = ColumnKinds.expected();
    assertThat(expected).hasSize(40);
    Dataset<Row> texts =
        spark.read().option("header", true).option("delimiter", "\t").csv(csv.toString());
    texts.write().parquet(folder.resolve("kinds").toString());
    String files = "data { format = csv, csv.delimiter = tab, train.path = \"" + csv + "\" }";
    String parquet = "data { format = parquet, train.path = \"" + folder.resolve("kinds") + "\" }";
    assertThat(init(csv)).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(init(folder.resolve("kinds"))).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(train(files, "csv")).containsExactlyInAnyOrderEntriesOf(expected);
    assertThat(train(parquet, "parquet")).containsExactlyInAnyOrderEntriesOf(expected);
    assertSaid(
        fit(
            texts
                .withColumn("number", functions.col("price").cast("double"))
                .drop("price")
                .withColumnRenamed("number", "price")),
        expected);
  }

  /** Throws unless the lines of a fit name each column under its kind. */
  private static void assertSaid(String lines, Map<String, String> uses) {
    uses.forEach(
        (name, use) -> {
          boolean isOut = use.startsWith("left out ");
          String kind =
              isOut
                  ? "left out"
                  : Map.of(
                          "number",
                          "numbers",
                          "date",
                          "dates",
                          "category",
                          "categories",
                          "text",
                          "texts")
                      .get(use.substring(0, use.indexOf(" ")));
          String shown = isOut ? name + " (" + use.substring(9) + ")" : name;
          assertThat(lines.lines().filter(line -> line.startsWith("columns  " + kind + ": ")))
              .singleElement()
              .asString()
              .contains(shown);
        });
  }

  @Test
  void typesAreTheSameToEveryDoor() {
    Path parquet = folder.resolve("typed");
    Dataset<Row> typed =
        spark
            .range(300)
            .selectExpr("id * 0.25D + 1 AS x")
            .selectExpr(
                Stream.concat(TYPED.keySet().stream(), Stream.of("x % 17 AS price"))
                    .toArray(String[]::new));
    typed.write().parquet(parquet.toString());
    assertThat(init(parquet)).containsExactlyInAnyOrderEntriesOf(expectedOfTypes());
    assertThat(train("data { format = parquet, train.path = \"" + parquet + "\" }", "typed"))
        .containsExactlyInAnyOrderEntriesOf(expectedOfTypes());
    assertSaid(fit(typed), expectedOfTypes());
  }

  @Test
  void fitOfADataFrameWithInferredTypesIsTheTrainingOfInit() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,make,year,mileage,sold,price"));
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      String year = i % 30 == 0 ? "unknown" : Integer.toString(2004 + random.nextInt(20));
      String mileage =
          i % 40 == 0
              ? "N/A"
              : String.format(Locale.ROOT, "\"%,d\"", 1_000 + random.nextInt(200_000));
      lines.add(
          String.join(
              ",",
              "k" + i,
              List.of("Kia", "BMW", "Ford").get(random.nextInt(3)),
              year,
              mileage,
              "2/" + (1 + random.nextInt(28)) + "/2024",
              Integer.toString(900 + random.nextInt(20_000))));
    }
    Path csv = Files.write(folder.resolve("cars.csv"), lines);
    init(csv);
    String weights =
        TestJobs.train(
                JobSettings.load(
                    List.of(new LocalSettingsFile(folder.resolve("cars.csv.conf"))),
                    List.of(
                        "data { columns.id = id, test-fraction = 0 }",
                        "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                        "train { workers = 1, members = 1, epochs = 2 }")),
                "cars")
            .run()
            .result()
            .weightsSha256()
            .orElseThrow();
    Dataset<Row> frame =
        spark.read().option("header", true).option("inferSchema", true).csv(csv.toString());
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setFeaturesCols(new String[] {"*"})
            .setLabelCol("price")
            .setIdCol("id")
            .setNumWorkers(1)
            .setNumMembers(1)
            .setMaxIter(2);
    assertThat(regressor.fit(frame).weightsSha256()).isEqualTo(weights);
  }
}
