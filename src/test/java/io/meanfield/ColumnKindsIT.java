package io.meanfield;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.ml.MeanfieldRegressor;
import io.meanfield.pipeline.run.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.start.InitJob;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lays the same columns before every door: each says the same of them. */
class ColumnKindsIT {
  private static final int ROWS = 300;

  /** The columns of texts, each with what it is for and why. */
  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  private record Kind(IntFunction<String> value, String use) {}

  private static void column(String name, String use, IntFunction<String> value) {
    KINDS.put(name, new Kind(value, use));
  }

  private static String number(String format, Number value) {
    return String.format(Locale.ROOT, format, value);
  }

  static {
    String numbers = "number numbers";
    column("decimals", numbers, i -> number("%.3f", i * 0.37 - 20));
    column("gaps", numbers, i -> i % 33 == 0 ? "N/A" : number("%.2f", i * 1.5));
    column("dashes", numbers, i -> i % 40 == 0 ? "-" : number("%.1f", i / 7.0));
    column("whole", "number whole numbers", i -> Integer.toString(i % 37));
    column("dollars", numbers, i -> number("$%,.2f", 900 + i * 13.25));
    column("euros", "number numbers with a decimal comma", i -> german(900 + i * 13.25) + " €");
    column("percents", numbers, i -> number("%.1f %%", i % 90 + 0.5));
    column(
        "percent_mixed",
        "left out numbers with and without a sign of percent, such as 10 % and 0.02",
        i -> i % 2 == 0 ? 10 + i % 80 + " %" : number("%.2f", (i % 90 + 0.5) / 100));
    column("commas", "number numbers with a decimal comma", i -> german(i * 0.75));
    column(
        "thousands",
        "left out numbers such as 10,000, whose comma may divide thousands or begin the decimals;"
            + " set data.columns.decimal = point or comma to use them",
        i -> number("%,.0f", 10_000.0 + i * 997));
    column(
        "accounts",
        "number numbers, negative ones in parentheses",
        i -> i % 3 == 0 ? number("(%,.2f)", 1 + i * 3.5) : number("%,.2f", 1 + i * 5.25));
    column(
        "currencies",
        "left out amounts in several currencies: $, €",
        i -> (i % 2 == 0 ? "$" : "€") + i % 41);
    column("iso_dates", "date dates in ISO 8601", i -> "2024-0" + (1 + i % 9) + "-1" + i % 9);
    column(
        "iso_times",
        "date dates in ISO 8601",
        i -> "2024-0" + (1 + i % 9) + "-11 1" + i % 9 + ":30:00");
    column(
        "german_dates",
        "date dates of the form d.M.yyyy",
        i -> 10 + i % 19 + ".0" + (1 + i % 9) + ".2024");
    column(
        "american_dates",
        "date dates of the form M/d/yyyy",
        i -> 1 + i % 12 + "/" + (1 + i % 28) + "/2024");
    column(
        "american_times",
        "date dates of the form M/d/yyyy",
        i -> 1 + i % 12 + "/" + (1 + i % 28) + "/2024 " + (1 + i % 12) + ":30 PM");
    column(
        "words_of_months",
        "date dates of the form MMM d yyyy",
        i -> "Feb " + (1 + i % 28) + " 2024");
    column(
        "short_years",
        "left out dates of the form d.M.yy, whose century is unknown; set data.columns.dates.pivot"
            + " = 1950 if they are from 1950 to 2049",
        i -> 10 + i % 19 + ".0" + (1 + i % 9) + "." + (10 + i % 80));
    column("times", "number times of day", i -> 10 + i % 14 + ":" + (10 + i % 50));
    column("truths", "number true or false", i -> i % 3 == 0 ? "true" : "false");
    column("loud_truths", "number true or false", i -> i % 4 == 0 ? "TRUE" : "False");
    column("yes", "category 2 different texts", i -> i % 3 == 0 ? "yes" : "no");
    column(
        "zip_codes",
        "category codes with leading zeros, such as 01000: 40 different texts",
        i -> String.format(Locale.ROOT, "%05d", 1000 + i % 40 * 2003));
    column(
        "codes",
        "category codes with an E, such as 10E3: 30 different texts",
        i -> i % 30 == 0 ? "10E3" : Integer.toString(4500 + i % 30));
    column(
        "row_numbers",
        "left out the whole numbers from 1 on, which number the rows",
        i -> Integer.toString(i + 1));
    column(
        "customer_id",
        "left out an id: nearly every number is different",
        i -> Integer.toString(7 + i * i));
    column(
        "long_ids",
        "left out codes with too many digits for a number: an id or a name: nearly every text is"
            + " different",
        i -> "9007199254" + (740_993_000L + i));
    column(
        "names", "left out an id or a name: nearly every text is different", i -> "customer " + i);
    column(
        "notes",
        "left out free text, 6 words on average",
        i -> "the parcel number " + i % 200 + " came late");
    column("plans", "category 3 different texts", i -> List.of("basic", "gold", "pro").get(i % 3));
    column("cities", "category 50 different texts", i -> "city" + i % 50);
    column(
        "countries", "category 4 different texts", i -> List.of("NA", "EU", "US", "DE").get(i % 4));
    column("constant", "left out the same value in every row", i -> "EUR");
    column("empty", "left out no value", i -> "");
    column("sparse", numbers, i -> i % 10 == 0 ? number("%.2f", i * 0.31) : "");
    column("garbage", numbers, i -> i % 25 == 0 ? "x" + i : number("%.2f", i * 0.7));
    column(
        "half_garbage",
        "left out numbers in 200 of 300 rows; leave the other values empty to use them",
        i -> i % 3 == 0 ? "x" + i : number("%.2f", i * 0.7));
    column(
        "both_signs",
        "left out numbers with a decimal point and with a decimal comma, such as 0.5 and 1,5",
        i -> i % 2 == 0 ? i + ".5" : i + ",5");
    column(
        "versions",
        "category dates of the form d.M.yy, whose century is unknown, or codes: 5 different texts;"
            + " data.columns.dates.pivot makes them dates",
        i -> "1.2.3" + i % 5);
  }

  private static String german(double value) {
    return String.format(Locale.GERMANY, "%,.2f", value);
  }

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
        "left out of type array<double> of different lengths, which is no feature");
    TYPED.put(
        "map('a', x) AS map_type", "left out of type map<string,double>, which is no feature");
    TYPED.put(
        "CAST(CAST(x AS STRING) AS BINARY) AS bytes_type",
        "left out bytes, which are an image only if they are the only feature");
    TYPED.put("1.5D AS constant_type", "left out the same value in every row");
    TYPED.put("CAST(NULL AS DOUBLE) AS null_type", "left out no value");
  }

  @TempDir private Path folder;

  private final SparkSession spark = LocalSpark.session();

  /** Writes a file with the columns of texts; its fields are divided by tabs. */
  static Path csv(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.join("\t", KINDS.keySet()) + "\tprice");
    for (int i = 0; i < ROWS; i++) {
      int row = i;
      lines.add(
          KINDS.values().stream().map(kind -> kind.value().apply(row)).collect(joining("\t"))
              + "\t"
              + (i % 50 + 0.25 * (i % 7)));
    }
    return Files.write(folder.resolve("kinds.csv"), lines);
  }

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
                    Optional.of(conf.toString())))
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

  /** Returns what each column of texts is for, and why. */
  static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    KINDS.forEach((name, kind) -> expected.put(name, kind.use()));
    return expected;
  }

  private static Map<String, String> expectedOfTypes() {
    Map<String, String> expected = new TreeMap<>();
    TYPED.forEach((sql, use) -> expected.put(sql.replaceAll(".* AS ", ""), use));
    return expected;
  }

  @Test
  void textsAreTheSameToEveryDoor() throws IOException {
    Path csv = csv(folder);
    assertThat(KINDS).hasSize(40);
    Dataset<Row> texts =
        spark.read().option("header", true).option("delimiter", "\t").csv(csv.toString());
    texts.write().parquet(folder.resolve("kinds").toString());
    String files = "data { format = csv, csv.delimiter = tab, train.path = \"" + csv + "\" }";
    String parquet = "data { format = parquet, train.path = \"" + folder.resolve("kinds") + "\" }";
    assertThat(init(csv)).containsExactlyInAnyOrderEntriesOf(expected());
    assertThat(init(folder.resolve("kinds"))).containsExactlyInAnyOrderEntriesOf(expected());
    assertThat(train(files, "csv")).containsExactlyInAnyOrderEntriesOf(expected());
    assertThat(train(parquet, "parquet")).containsExactlyInAnyOrderEntriesOf(expected());
    assertSaid(
        fit(
            texts
                .withColumn("number", functions.col("price").cast("double"))
                .drop("price")
                .withColumnRenamed("number", "price")),
        expected());
  }

  /** Throws unless the lines of a fit name each column under its kind. */
  private static void assertSaid(String lines, Map<String, String> uses) {
    uses.forEach(
        (name, use) -> {
          boolean isOut = use.startsWith("left out ");
          String kind =
              isOut
                  ? "left out"
                  : Map.of("number", "numbers", "date", "dates", "category", "categories")
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
            .range(ROWS)
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
      String mileage = i % 40 == 0 ? "N/A" : number("\"%,d\"", 1_000 + random.nextInt(200_000));
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
