package io.meanfield.pipeline.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The settings that {@code init} writes for a table train: on generated tables of all kinds of
 * columns, in files of CSV and Parquet and in views.
 */
class GeneratedTablesIT {
  private static final int TABLES = Integer.getInteger("meanfield.test.tables", 2);
  private static final List<String> MISSING = List.of("", "NA", "N/A", "null", "-", "unknown", "?");
  private static final List<String> WORDS =
      List.of("red", "Müller", "a;b", "x,y", "\"q\"", "'", "日本", "🙂", "NA", "0");
  private static final List<String> NAMES =
      List.of(
          "a b", "größe", "x.y", "id", "label:", "select", "a`b", "#n", "col*", "true", "Date",
          "DATE", "", "$", "\\", "y.", "${x}");

  // Each returns the value of a row.
  private static final List<Function<Random, String>> VALUES =
      List.of(
          random -> Integer.toString(random.nextInt(50)),
          random -> Integer.toString(random.nextInt()),
          random -> Long.toString(random.nextLong()),
          random -> number("%.3f", 100 * random.nextGaussian()),
          random -> number("%.2e", Math.exp(40 * random.nextGaussian())),
          random -> number("%,.2f", 5_000 * random.nextGaussian()),
          random -> String.format(Locale.GERMANY, "%,.2f", 5_000 * random.nextGaussian()),
          random -> number("$%,.2f", 5_000 * random.nextDouble()),
          random -> number("%.1f %%", 100 * random.nextDouble()),
          random -> number("(%,.0f)", 10_000 * random.nextDouble()),
          random -> String.format(Locale.ROOT, "%05d", random.nextInt(3_000)),
          random -> Boolean.toString(random.nextBoolean()),
          random -> random.nextBoolean() ? "yes" : "no",
          random -> WORDS.get(random.nextInt(WORDS.size())),
          random -> "k" + random.nextInt(30),
          random -> "name " + random.nextInt(1_000_000),
          random -> "some words about the order " + random.nextInt(1_000_000),
          random -> "2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(9),
          random -> "2024-0" + (1 + random.nextInt(9)) + "-11 1" + random.nextInt(9) + ":05",
          random -> 1 + random.nextInt(12) + "/" + (1 + random.nextInt(28)) + "/2024",
          random -> 1 + random.nextInt(28) + "." + (1 + random.nextInt(12)) + ".2024",
          random -> 1 + random.nextInt(12) + "/" + (1 + random.nextInt(12)) + "/2024",
          random ->
              1
                  + random.nextInt(12)
                  + "/"
                  + (1 + random.nextInt(28))
                  + "/"
                  + (10 + random.nextInt(80)),
          random -> random.nextInt(24) + ":" + (10 + random.nextInt(50)),
          random -> "constant",
          random -> "",
          random -> random.nextInt(9) + "." + random.nextInt(9) + "." + random.nextInt(99));

  // Each is an expression of Spark SQL over the hash h of a row.
  private static final List<String> TYPES =
      List.of(
          "cast(h as tinyint)",
          "cast(h % 900 as smallint)",
          "cast(h as int)",
          "h",
          "id",
          "cast(h % 7 as bigint)",
          "cast(h % 1000 as float) / 7",
          "h / 3e15",
          "case h % 5 when 0 then double('NaN') else h / 3e18 end",
          "case h % 5 when 0 then double('Infinity') else h / 3e18 end",
          "case h % 5 when 0 then 1e300D else h / 3e18 end",
          "cast('Infinity' as float)",
          "cast(h % 100000 / 100 as decimal(10, 2))",
          "cast(h as decimal(38, 0)) * 10000000000",
          "cast(h % 40 as decimal(38, 0))",
          "cast(h as decimal(38, 10))",
          "cast(h / 1e19 as decimal(38, 38))",
          "concat('k', h % 4)",
          "concat('name ', h)",
          "cast(h % 100 as string)",
          "cast(concat('v', h % 3) as varchar(5))",
          "h % 2 = 0",
          "date_add(date'2024-01-01', cast(h % 500 as int))",
          "date'1910-01-01'",
          "timestamp_seconds(h % 2000000000)",
          "cast(timestamp_seconds(h % 2000000000) as timestamp_ntz)",
          "unhex(md5(cast(h as string)))",
          "encode(repeat('x', cast(h % 9 as int)), 'UTF-8')",
          "make_ym_interval(cast(h % 9 as int), 3)",
          "make_dt_interval(cast(h % 9 as int), 3)",
          "array(cast(h % 9 as int), 3)",
          "array(float(h % 9), null)",
          "array(h % 2 = 0, true)",
          "array_repeat(h % 9 / 7, cast(h % 4 as int))",
          "cast(array() as array<int>)",
          "array(array(cast(h % 9 as int)), array(2))",
          "array(concat('t', h % 5))",
          "array(named_struct('a', h % 5))",
          "map('a', h % 5)",
          "named_struct('a', h % 50, 'b', concat('k', h % 3))",
          "named_struct('a b', named_struct('c.d', h / 3e17, 'e', array(h % 7)), 'f', map('a', 1))",
          "named_struct('a', cast(null as struct<b: int>))",
          "'constant'",
          "cast(null as int)",
          "cast(null as array<double>)");

  // Parquet does not hold these.
  private static final List<String> VIEWS = List.of("null", "make_interval(0, cast(h % 9 as int))");

  private static final Pattern REFUSED =
      Pattern.compile(
          "has no column beside the label that a network can use|--label must be (a column of"
              + " classes or numbers, but y has |a column of the table, found y;)|has two columns"
              + " .*; expected unique column names|cannot be read: \\[AMBIGUOUS_REFERENCE");

  @TempDir private Path folder;

  /** Returns a name that may be another one in other cases of letters, or twice in a table. */
  private static String name(Random random, int column) {
    if (random.nextInt(3) > 0) {
      return "c" + column;
    }
    String name = NAMES.get(random.nextInt(NAMES.size()));
    return random.nextInt(3) > 0 ? name + column : name;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  static IntStream seeds() {
    return IntStream.range(0, TABLES);
  }

  private Path csv(Random random) throws IOException {
    int rows = List.of(30, 60, 200, 700).get(random.nextInt(4));
    char delimiter = ",;\t|".charAt(random.nextInt(4));
    int columns = 3 + random.nextInt(12);
    List<Function<Random, String>> kinds = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      kinds.add(dirty(VALUES.get(random.nextInt(VALUES.size())), random));
      header.add(name(random, i));
    }
    header.add("y");
    boolean isClass = random.nextBoolean();
    kinds.add(
        isClass ? any -> "class" + any.nextInt(3) : any -> number("%.2f", any.nextGaussian()));
    List<String> lines = new ArrayList<>(List.of(line(header, delimiter)));
    for (int row = 0; row < rows; row++) {
      lines.add(line(kinds.stream().map(kind -> kind.apply(random)).toList(), delimiter));
    }
    return Files.write(folder.resolve("table.csv"), lines);
  }

  /** Returns values of which some are missing, and some wrong. */
  private static Function<Random, String> dirty(Function<Random, String> values, Random random) {
    double missing = List.of(0.0, 0.03, 0.3).get(random.nextInt(3));
    double wrong = List.of(0.0, 0.0, 0.04).get(random.nextInt(3));
    String marker = MISSING.get(random.nextInt(MISSING.size()));
    return row -> {
      double drawn = row.nextDouble();
      return drawn < missing ? marker : drawn < missing + wrong ? "oops" : values.apply(row);
    };
  }

  private static String line(List<String> fields, char delimiter) {
    return String.join(
        String.valueOf(delimiter),
        fields.stream()
            .map(
                field ->
                    field.indexOf(delimiter) >= 0 || field.contains("\"")
                        ? '"' + field.replace("\"", "\"\"") + '"'
                        : field)
            .toList());
  }

  /** Returns rows of a table of Spark; some of its columns have names that need care. */
  private static Dataset<Row> frame(Random random, List<String> types) {
    int rows = List.of(30, 60, 200, 700).get(random.nextInt(4));
    List<Column> columns = new ArrayList<>();
    int count = 1 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      String type = types.get(random.nextInt(types.size()));
      boolean hasGaps = random.nextInt(3) == 0;
      String value = hasGaps ? "case when pmod(h, 9) > 0 then " + type + " end" : type;
      String hash = "abs(xxhash64(id, " + random.nextInt(1_000) + "))";
      columns.add(functions.expr(value.replaceAll("\\bh\\b", hash)).as(name(random, i)));
    }
    String label =
        switch (random.nextInt(3)) {
          case 0 -> "concat('class', pmod(xxhash64(id), 3))";
          case 1 -> "xxhash64(id) / 1e18";
          default -> types.get(random.nextInt(types.size())).replaceAll("\\bh\\b", "id");
        };
    columns.add(functions.expr(label).as("y"));
    return LocalSpark.session().range(rows).select(columns.toArray(Column[]::new));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatInitWritesForCsvTrains(int seed) throws IOException {
    requireTrains(Optional.of(csv(new Random(seed)).toString()), Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatInitWritesForParquetTrains(int seed) throws IOException {
    Path table = folder.resolve("table.parquet");
    Dataset<Row> frame = frame(new Random(seed), TYPES);
    try {
      frame.write().parquet(table.toString());
    } catch (Exception e) { // Spark writes no names that are equal in other cases of letters
      assertThat(e).isInstanceOf(AnalysisException.class).hasMessageContaining("ALREADY_EXISTS");
      return;
    }
    requireTrains(Optional.of(table.toString()), Optional.empty());
  }

  @Test
  void columnsThatDifferInTheCaseOfLettersAreRefused() throws IOException {
    LocalSpark.session()
        .sql("SELECT id, 1 AS Date, 2 AS DATE, id % 2 AS y FROM range(30)")
        .createOrReplaceTempView("generated");
    requireTrains(Optional.empty(), Optional.of("generated"));
    assertThat(folder.resolve("table.conf")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatInitWritesForAViewTrains(int seed) throws IOException {
    List<String> types = Stream.concat(TYPES.stream(), VIEWS.stream()).toList();
    frame(new Random(1_000L + seed), types).createOrReplaceTempView("generated");
    requireTrains(Optional.empty(), Optional.of("generated"));
  }

  private void requireTrains(Optional<String> path, Optional<String> table) throws IOException {
    Path conf = folder.resolve("table.conf");
    try {
      new InitJob(
              LocalSpark.session(),
              new InitJob.Request(
                  path, table, Optional.empty(), Optional.of("y"), Optional.of(conf.toString())),
              line -> {})
          .run();
    } catch (UserException e) {
      assertThat(e.getMessage()).containsPattern(REFUSED);
      return;
    }
    JobSettings settings =
        JobSettings.load(
            List.of(new LocalSettingsFile(conf)),
            List.of(
                "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                "network { preset = none, hidden-layers = [ { dense = 2, activation = relu } ] }",
                "train { workers = 1, epochs = 1 }"));
    assertThat(trained(settings, conf)).as(Files.readString(conf)).isZero();
    assertThat(TestJobs.evaluate(settings, "test", "run").run().exitCode()).isZero();
  }

  private static int trained(JobSettings settings, Path conf) throws IOException {
    try {
      return TestJobs.train(settings, "run").run().exitCode();
    } catch (RuntimeException e) {
      throw new AssertionError(Files.readString(conf), e);
    }
  }
}
