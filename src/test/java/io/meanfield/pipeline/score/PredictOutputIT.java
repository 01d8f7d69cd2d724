package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.Cause;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.store.RunId;
import io.meanfield.store.table.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} to a path or a table: columns, ids, files and repeated calls. */
class PredictOutputIT {
  private static final int ROWS = 60;
  private static final double THRESHOLD = 0.6;

  @TempDir private static Path folder;

  private static Path data;
  private static Outcome copied;

  @BeforeAll
  static void trainAndRegister() throws IOException {
    data = folder.resolve("people.csv");
    Files.write(
        data,
        Stream.concat(
                Stream.of("customer,age,plan,churned,day"),
                IntStream.range(0, ROWS)
                    .mapToObj(
                        i ->
                            String.join(
                                ",",
                                "c" + i,
                                i % 7 == 3 ? "" : "" + (20 + i % 40),
                                i % 2 == 0 ? "gold" : "basic",
                                i % 2 == 0 ? "no" : "yes",
                                "2026-01-0" + (1 + i % 2))))
            .toList());
    TestJobs.train(settings(), "churn").run();
    ModelCatalog catalog = TestJobs.context(settings(), "any").catalog();
    RegisteredModel model = catalog.registry().model("churn");
    model.register(NewVersion.of("churn", catalog.runs().find(new RunId("churn")).orElseThrow()));
    model.promote(1, model.history().champion(), new Cause("ann", "first", Optional.empty()));
    copied = predict(settings(), "copied", to(folder.resolve("scored/copied"), "customer,age"));
  }

  private static JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page=none",
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "registry.directory=\"" + folder.resolve("models") + "\"",
                "data { format = csv, validation-fraction = 0 }",
                "data.columns { label = churned, categorical = [plan], features = [age] }",
                "data.train.path=\"" + data + "\"",
                "data.test.path=\"" + data + "\"",
                "network.layers=[{ dense = 4, activation = relu },"
                    + " { dense = 1, activation = sigmoid }]",
                "network.loss=binary_crossentropy",
                "train { epochs = 2, batch-size = 8, threshold = " + THRESHOLD + " }"));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static PredictOutput to(Path path, String columns, String... partitionBy) {
    return output(path, columns, false, partitionBy);
  }

  private static PredictOutput output(
      Path path, String columns, boolean overwrite, String... partitionBy) {
    return new PredictOutput(
        Optional.of(path.toString()),
        Optional.empty(),
        columns.isEmpty() ? PassedColumns.NONE : PassedColumns.of(List.of(columns.split(","))),
        List.of(partitionBy),
        RowFormat.PARQUET,
        overwrite);
  }

  private static Outcome predict(JobSettings settings, String id, PredictOutput output) {
    return new PredictToOutputJob(TestJobs.context(settings, id), "churn@champion", output).run();
  }

  private static Dataset<Row> read(Path path) {
    return LocalSpark.session().read().parquet(path.toString());
  }

  @Test
  void missingModelIsNamedBeforeTheFormatOfItsData() {
    JobSettings settings =
        JobSettings.load(List.of(), List.of("run.directory = \"" + folder.resolve("none") + "\""));
    PredictOutput all = to(folder.resolve("out"), "*");
    assertThatThrownBy(
            () -> new PredictToOutputJob(TestJobs.context(settings, "p"), "typo", all).run())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("there is no run typo in ");
  }

  @Test
  void rowsHaveCopiedColumnsLabelsProbabilitiesAndTheVersion() {
    Path out = folder.resolve("scored/copied");
    assertThat(copied.message()).isEqualTo("predicted 60 rows");
    assertThat(copied.details().get(0)).isEqualTo("out      " + out);
    assertThat(copied.details().get(1))
        .matches("speed {4}\\d+ rows a second, \\d+ for each core \\(60 rows, .* 2 cores\\)");
    Dataset<Row> rows = read(out).orderBy(functions.expr("int(substr(customer, 2))"));
    assertThat(rows.columns())
        .containsExactly(
            "run_id",
            "example_id",
            "customer",
            "age",
            "model_run_id",
            "model_version",
            "predicted",
            "predicted_label",
            "probability",
            "probability_positive");
    List<Row> all = rows.collectAsList();
    assertThat(all).hasSize(ROWS);
    assertThat(all)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("run_id")).isEqualTo("copied");
              assertThat(row.<String>getAs("model_run_id")).isEqualTo("churn");
              assertThat(row.<Integer>getAs("model_version")).isEqualTo(1);
              int predicted = row.<Integer>getAs("predicted");
              double positive = row.<Double>getAs("probability_positive");
              assertThat(predicted).isEqualTo(positive >= THRESHOLD ? 1 : 0);
              assertThat(row.<String>getAs("predicted_label"))
                  .isEqualTo(predicted == 1 ? "yes" : "no");
            });
    assertThat(all)
        .map(row -> row.<Double>getAs("probability_positive"))
        .anyMatch(positive -> positive >= 0.5 != positive >= THRESHOLD);
    assertThat(all.get(3).isNullAt(all.get(3).fieldIndex("age"))).isTrue();
    assertThat(all.get(4).<String>getAs("age")).isEqualTo("24");
  }

  @Test
  void csvFilesHaveAHeaderAndTheNumbersOfParquet() {
    Path out = folder.resolve("scored/csv");
    List<String> details = predict(settings(), "csv", csv(out)).details();
    assertThat(details).hasSize(2 + 2 + 10);
    assertThat(details.get(2))
        .matches("\\| example_id +\\| customer +\\| predicted .*\\| probability_positive \\|");
    assertThat(details.get(4)).matches("\\| \\d+ +\\| \\S+ +\\| [01] .*\\| 0\\.\\d+ +\\|");
    List<String> columns = List.of("customer", "predicted", "probability_positive");
    Dataset<Row> rows = LocalSpark.session().read().option("header", true).csv(out + "/part-*.csv");
    assertThat(numbers(rows, columns))
        .hasSize(ROWS)
        .isEqualTo(numbers(read(folder.resolve("scored/copied")), columns));
  }

  private static PredictOutput csv(Path out) {
    return new PredictOutput(
        Optional.of(out.toString()),
        Optional.empty(),
        PassedColumns.of(List.of("customer")),
        List.of(),
        RowFormat.CSV,
        false);
  }

  @Test
  void csvFilesDoubleQuotesAndKeepLineBreaks() throws IOException {
    String text = "\"say \"\"hi\"\",\ntwice\"";
    Path test =
        Files.write(
            folder.resolve("quotes.csv"),
            List.of("customer,age,plan", text + ",30,gold", "1.10,30,gold"));
    Path out = folder.resolve("scored/quotes");
    JobSettings quoted = settings("data.test.path=\"" + test + "\"", "data.csv.multiLine=true");
    List<String> details = predict(quoted, "quotes", csv(out)).details();
    assertThat(details.get(4))
        .contains("| say \"hi\",\\u000atwice ")
        .containsPattern("\\| 0\\.\\d{1,4} +\\|$");
    assertThat(details.get(5)).contains("| 1.10 ");
    try (Stream<Path> files = Files.list(out)) {
      Path file = files.filter(each -> each.toString().endsWith(".csv")).findFirst().orElseThrow();
      assertThat(Files.readString(file)).contains("," + text + ",");
    }
  }

  @Test
  void escapeSequencesOfTheDataDoNotReachTheTerminal() throws IOException {
    Path test =
        Files.write(
            folder.resolve("escapes.csv"),
            List.of(
                "customer,age,plan",
                "\"\u001b[2J\u202eevil\r\nnext | row\",30,gold",
                "c1,30,gold"));
    JobSettings escapes = settings("data.test.path=\"" + test + "\"", "data.csv.multiLine=true");
    List<String> details =
        predict(escapes, "escapes", csv(folder.resolve("scored/escapes"))).details();
    assertThat(details).hasSize(2 + 2 + 2);
    assertThat(details.get(4)).contains("| \\u001b[2J\\u202eevil");
    assertThat(String.join("", details)).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @Test
  void spreadsheetTakesNoTextForAFormulaAndNumbersStayNumbers() throws IOException {
    List<String> texts =
        List.of(
            "=HYPERLINK(A1)",
            "+cmd",
            "-2+3",
            "@SUM(1)",
            "=1",
            "-1.5",
            "+49 170 1",
            "-1e-3 ",
            "-5 %",
            " -x ");
    Path test =
        Files.write(
            folder.resolve("formulas.csv"),
            Stream.concat(
                    Stream.of("customer,age,plan,=note"),
                    texts.stream().map(text -> text + ",30,gold,-"))
                .toList());
    JobSettings formulas = settings("data.test.path=\"" + test + "\"");
    assertThat(cells(formulas, RowFormat.SPREADSHEET, "'=note"))
        .containsExactlyInAnyOrder(
            "'=HYPERLINK(A1) '-",
            "'+cmd '-",
            "'-2+3 '-",
            "'@SUM(1) '-",
            "'=1 '-",
            "-1.5 '-",
            "+49 170 1 '-",
            "'-1e-3  '-",
            "-5 % '-",
            " -x  '-");
    assertThat(cells(formulas, RowFormat.CSV, "=note"))
        .containsExactlyInAnyOrderElementsOf(texts.stream().map(text -> text + " -").toList());
  }

  private static List<String> cells(JobSettings settings, RowFormat format, String note) {
    Path out = folder.resolve("scored/formulas-" + format);
    predict(
        settings,
        "formulas-" + format,
        new PredictOutput(
            Optional.of(out.toString()),
            Optional.empty(),
            PassedColumns.of(List.of("customer", "=note")),
            List.of("predicted"),
            format,
            false));
    return LocalSpark.session()
        .read()
        .option("header", true)
        .csv(out.toString())
        .selectExpr("concat(customer, ' ', `" + note + "`)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static List<String> numbers(Dataset<Row> rows, List<String> columns) {
    return rows.collectAsList().stream()
        .map(row -> columns.stream().map(name -> "" + row.getAs(name)).toList().toString())
        .sorted()
        .toList();
  }

  @Test
  void parquetColumnsKeepTheirTypesAndFilesArePartitioned() {
    SparkSession spark = LocalSpark.session();
    Path in = folder.resolve("people 100%.parquet");
    spark
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(data.toString())
        .selectExpr("customer", "age", "plan", "churned", "day", "array(age) AS list")
        .withColumn("Probability", functions.lit("of yesterday"))
        .write()
        .parquet(in.toString());
    JobSettings parquet =
        settings(
            "data.format=parquet", "data.columns.id=customer", "data.test.path=\"" + in + "\"");
    Path out = folder.resolve("scored/partitioned");
    assertThat(predict(parquet, "partitioned", to(out, "*", "day")).notes())
        .contains("columns of the data that predict writes itself are not copied: Probability");
    assertThat(out.resolve("day=2026-01-01")).isDirectory();
    assertThat(out.resolve("day=2026-01-02")).isDirectory();
    assertThat(out.resolve("_SUCCESS")).exists();
    Dataset<Row> rows = read(out);
    assertThat(rows.schema().apply("age").dataType().simpleString()).isEqualTo("int");
    assertThat(rows.schema().apply("list").dataType().simpleString()).isEqualTo("array<int>");
    assertThat(rows.where("example_id <> customer OR predicted_label IS NULL").count()).isZero();
    assertThat(rows.schema().apply("probability").dataType()).isEqualTo(DataTypes.DoubleType);
    List<String> columns = List.of("customer", "predicted");
    assertThat(numbers(rows, columns))
        .hasSize(ROWS)
        .isEqualTo(numbers(read(folder.resolve("scored/copied")), columns));
  }

  @Test
  void outputOfAnotherRunIsRefusedOrReplacedAndThatOfTheSameRunIsWrittenAgain() throws IOException {
    Path out = folder.resolve("scored/again");
    predict(settings(), "first", to(out, ""));
    assertThatThrownBy(() -> predict(settings(), "second", to(out, "")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--out "
                + out
                + " has the predictions of run first; choose another path, or add --overwrite to"
                + " replace them");
    assertThat(read(out).where("run_id = 'first'").count()).isEqualTo(ROWS);
    predict(settings(), "third", output(out, "", true));
    assertThat(read(out).where("run_id = 'third'").count()).isEqualTo(ROWS);
    assertThat(read(out).count()).isEqualTo(ROWS);

    // As a process leaves them that is killed before it records its success.
    Files.delete(folder.resolve("runs/third/status.json"));
    Files.delete(out.resolve("_SUCCESS"));
    Path leftover = out.resolveSibling(".again.third." + "0".repeat(36));
    Files.createDirectories(leftover.resolve("_temporary"));
    predict(settings(), "third", output(out, "", true));
    assertThat(read(out).count()).isEqualTo(ROWS);
    assertThat(out.resolve("_SUCCESS")).exists();
    try (Stream<Path> beside = Files.list(out.getParent())) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".again"));
    }
    assertThat(predict(settings(), "third", output(out, "", true)).message())
        .isEqualTo("run third is finished already: predicted 60 rows");
  }

  @Test
  void directoryThatWasBeingReplacedIsGivenItsNameBack() throws IOException {
    Path out = folder.resolve("scored/crashed");
    predict(settings(), "old", to(out, ""));
    Files.move(out, out.resolveSibling(".crashed.new.replaced"));
    Path broken = folder.resolve("broken.csv");
    Files.write(broken, List.of("customer,age,plan", "c1,old,gold"));
    assertThatThrownBy(
            () ->
                predict(
                    settings("data.test.path=\"" + broken + "\""), "new", output(out, "", true)))
        .hasStackTraceContaining(broken + ": column age is \"old\", expected a finite number");
    assertThat(read(out).where("run_id = 'old'").count()).isEqualTo(ROWS);
  }

  private static JobSettings skipping(Path test) {
    return settings("data.bad-rows = skip", "data.test.path=\"" + test + "\"");
  }

  @Test
  void rowsThatCannotBeUsedAreLeftOutAndCounted() throws IOException {
    List<String> mixed = new ArrayList<>(Files.readAllLines(data));
    mixed.add("c60,old,gold,no,2026-01-01");
    Path out = folder.resolve("scored/mixed");
    Path test = Files.write(folder.resolve("mixed.csv"), mixed);
    Outcome outcome = predict(skipping(test), "mixed", to(out, ""));
    assertThat(outcome.message()).isEqualTo("predicted 60 rows");
    assertThat(outcome.notes()).singleElement().asString().startsWith("skipped 1 of 61 rows of ");
    assertThat(read(out).count()).isEqualTo(ROWS);
  }

  @Test
  void categoriesThatTrainingHasNotSeenAreNamed() throws IOException {
    List<String> mixed = new ArrayList<>(Files.readAllLines(data));
    mixed.addAll(
        List.of("c60,20,iron,no,2026-01-01", "c61,20,,no,2026-01-01", "c62,20,iron,no,2026-01-01"));
    Path test = Files.write(folder.resolve("unknown.csv"), mixed);
    JobSettings settings = settings("data.test.path=\"" + test + "\"");
    Outcome outcome = predict(settings, "unknown", to(folder.resolve("scored/unknown"), ""));
    assertThat(outcome.notes())
        .containsExactly(
            "column plan: in 3 of 63 examples the category is missing or was not in training"
                + " (iron); one input represents all of them");
  }

  @Test
  void dataWithoutARowThatCanBeUsedAreAnErrorAndPublishNothing() throws IOException {
    Path bad = Files.write(folder.resolve("bad.csv"), List.of("customer,age,plan", "c0,old,gold"));
    Path out = folder.resolve("scored/none");
    assertThatThrownBy(() -> predict(skipping(bad), "none", to(out, "")))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessage(
            "no row can be used: skipped 1 of 1 rows of "
                + bad
                + ": column age in 1; the first is "
                + bad
                + ": column age is \"old\", expected a finite number");
    assertThat(out).doesNotExist();
    Path empty = Files.write(folder.resolve("empty.csv"), List.of("customer,age,plan"));
    assertThatThrownBy(() -> predict(skipping(empty), "empty", to(out, "")))
        .hasMessage(empty + " has no rows; name data with rows");
    assertThat(out).doesNotExist();
  }

  @Test
  void placeThatCannotBeWrittenIsNamedWithTheReason() {
    Path out = Path.of("/sys/meanfield/scored"); // where the kernel lets nobody create a file
    assertThatThrownBy(() -> predict(settings(), "sys", to(out, "")))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code().exitCode()).isEqualTo(1))
        .hasMessageMatching(
            "cannot write /sys/meanfield/scored: (Read-only file system|Operation not"
                + " permitted|permission denied); check the path of --out, its permissions and the"
                + " free space");
  }

  @Test
  void wrongPlacesAndColumnsAreRefused() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    Files.writeString(taken.resolve("notes.txt"), "keep");
    assertThatThrownBy(() -> predict(settings(), "a", output(taken, "", true)))
        .hasMessage(
            "--out "
                + taken
                + " exists and was not written by predict; choose another path, or delete it"
                + " yourself");
    assertThat(taken.resolve("notes.txt")).exists();
    assertThatThrownBy(() -> predict(settings(), "b", to(data.resolve("x"), "")))
        .hasMessage(
            "--out "
                + data.resolve("x")
                + " overlaps the data in "
                + data
                + "; choose another path");
    Path out = folder.resolve("scored/never");
    assertThatThrownBy(() -> predict(settings(), "c", to(out, "custmer")))
        .hasMessage("--columns = custmer: " + data + " has no such column; did you mean customer?");
    assertThatThrownBy(() -> predict(settings(), "d", to(out, "age", "day")))
        .hasMessageStartingWith("--partition-by names day, which is no column of the output");
    assertThat(out).doesNotExist();
  }

  private static PredictOutput table(String name, boolean overwrite) {
    return new PredictOutput(
        Optional.empty(),
        Optional.of("scores." + name),
        PassedColumns.of(List.of("plan")),
        List.of("plan"),
        RowFormat.PARQUET,
        overwrite);
  }

  private static List<String> runsOf(String table) {
    return LocalSpark.session()
        .table("scores." + table)
        .select("run_id")
        .distinct()
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void tableOfTheCatalogIsWrittenRefusedTheSecondTimeAndReplacedAsAWhole() throws IOException {
    SparkSession spark = LocalSpark.session();
    spark.sql("CREATE DATABASE scores LOCATION '" + folder.resolve("scores") + "'");
    try {
      predict(settings(), "in-table", table("people", false));
      assertThat(folder.resolve("runs/in-table/drafts")).doesNotExist();
      assertThat(spark.table("scores.people").where("plan = 'gold'").count()).isEqualTo(ROWS / 2);
      assertThatThrownBy(() -> predict(settings(), "in-table-2", table("people", false)))
          .hasMessage(
              "--out-table scores.people exists; choose another name, or add --overwrite to replace"
                  + " the table");
      List<String> late = new ArrayList<>(Files.readAllLines(data));
      late.add("c60,old,gold,no,2026-01-01");
      String wrong = Files.write(folder.resolve("late.csv"), late).toString();
      assertThatThrownBy(
              () ->
                  predict(
                      settings("data.test.path=\"" + wrong + "\""), "wrong", table("people", true)))
          .hasStackTraceContaining("late.csv: column age is \"old\", expected a finite number");
      assertThat(runsOf("people")).containsExactly("in-table");
      predict(settings(), "in-table-3", table("people", true));
      assertThat(runsOf("people")).containsExactly("in-table-3");
      assertThat(spark.table("scores.people").count()).isEqualTo(ROWS);

      spark.sql("CREATE TABLE scores.other USING parquet AS SELECT 'mine' AS run_id");
      assertThatThrownBy(() -> predict(settings(), "other", table("other", true)))
          .hasMessage(
              "--out-table scores.other exists and was not written by predict; choose another"
                  + " name, or delete it yourself");
      assertThat(runsOf("other")).containsExactly("mine");
    } finally {
      spark.sql("DROP DATABASE scores CASCADE");
    }
  }
}
