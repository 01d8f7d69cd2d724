package io.meanfield.pipeline.start;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.retrain.RetrainJob;
import io.meanfield.pipeline.retrain.RetrainOptions;
import io.meanfield.pipeline.score.PredictOutput;
import io.meanfield.pipeline.score.PredictToOutputJob;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.store.table.RowFormat;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitJobIT {
  private static final int ROWS = 60;
  private static final String[] SIZE_AND_SHOP = {"size", "shop"};

  @TempDir private Path folder;

  private Path write(String name, String header, IntFunction<String> row) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    for (int i = 0; i < ROWS; i++) {
      lines.add(row.apply(i));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private Path conf(Path table) {
    return folder.resolve(table.getFileName() + ".conf");
  }

  private List<String> init(Path table, String label, String... test) {
    return init(
        new InitJob.Request(
            Optional.of(table.toString()),
            Optional.empty(),
            List.of(test).stream().findFirst(),
            Optional.ofNullable(label),
            Optional.of(conf(table).toString())));
  }

  private static List<String> init(InitJob.Request request) {
    return new InitJob(LocalSpark.session(), request, line -> {}).run();
  }

  private List<String> written(Path table) throws IOException {
    return Files.readAllLines(conf(table));
  }

  private JobSettings settings(Path table, String layers) {
    return JobSettings.load(
        List.of(new LocalSettingsFile(conf(table))),
        List.of(
            "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
            "network { " + layers + " }",
            "train { workers = 1, epochs = 2 }"));
  }

  @Test
  void everyDecisionOfAClassificationStandsInTheFile() throws IOException {
    Path table =
        write(
            "my customers.csv",
            "account,row,opened,last call,plan,note,visits,agent,revenue,currency,vip,churned",
            i ->
                String.join(
                    ",",
                    "k" + i,
                    Integer.toString(i + 1),
                    "2025-01-" + (10 + i % 20),
                    (1 + i % 12) + "/" + (1 + i % 28) + "/2025",
                    i % 7 == 0 ? "" : List.of("basic", "gold", "pro").get(i % 3),
                    "\"wrote, about bill number " + i + "\"",
                    Integer.toString(i % 5),
                    Integer.toString(1 + i * 7 % 31),
                    i * 3.25 + "",
                    "EUR",
                    i % 2 == 0 ? "true" : "false",
                    i % 4 == 0 ? "yes" : i == 1 ? "" : "no"));
    List<String> printed = init(table, "churned");
    assertThat(written(table))
        .containsExactly(
            "# The settings that scripts/submit init proposes for " + table + ".",
            "# All other settings have their defaults, which docs/configuration.md lists.",
            "data {",
            "  format = csv",
            "  train.path = \"" + table + "\"",
            "  test-fraction = 0.2 # of the rows; only evaluate uses them",
            "  bad-rows = skip # churned is missing in 1 row",
            "  columns {",
            "    label = churned # 2 different texts, so a class is predicted",
            "    features = [",
            "      opened # dates in ISO 8601",
            "      \"last call\" # dates of the form M/d/yyyy",
            "      visits # whole numbers",
            "      agent # whole numbers",
            "      revenue # numbers",
            "      vip # true or false",
            "    ]",
            "    categorical = [",
            "      plan # 3 different texts",
            "    ]",
            "    dates.format = \"M/d/yyyy\"",
            "    # Left out; name a column in features, categorical or text to use it:",
            "    exclude {",
            "      \"account\" = \"an id or a name: nearly every text is different\"",
            "      \"row\" = \"the whole numbers from 1 on, which number the rows\"",
            "      \"note\" = \"an id or a name: nearly every text is different\"",
            "      \"currency\" = \"the same value in every row\"",
            "    }",
            "    # Name those of features that are codes, not amounts, in categorical instead:"
                + " agent",
            "  }",
            "}");
    assertThat(printed)
        .anyMatch(line -> line.matches("\\| plan +\\| category +\\| 3 different texts +\\| 9 +\\|"))
        .contains(
            "rows     60",
            "note     churned is missing in 1 row; bad-rows = skip leaves them out",
            "conf     " + conf(table),
            "next     scripts/submit train --conf '" + conf(table) + "' --run-id my-customers-1",
            "next     scripts/submit evaluate --model my-customers-1 --run-id my-customers-1-test",
            "next     scripts/submit predict --model my-customers-1 --data '"
                + table
                + "' --out my-customers-1-predictions --columns '*' --format csv --run-id"
                + " my-customers-1-predict");
  }

  @Test
  void rowsInTheOrderOfATimeAreDividedByIt() throws IOException {
    Path table =
        write(
            "visits.csv",
            "opened,patient,age,sick",
            i -> "2025-03-%02d,p%d,%d,%s".formatted(1 + i / 2, i * 7 % 30, i % 9, i % 2 == 0));
    init(table, "sick");
    assertThat(written(table))
        .contains(
            "    time = opened # rows lie in its order: the newest are for test and validation;"
                + " delete it to draw them",
            "    # group = patient # in place of time, if new rows will be of new groups",
            "      opened # dates in ISO 8601");
    JobSettings settings = settings(table, "layers = [ { dense = 2, activation = softmax } ]");
    assertThat(TestJobs.train(settings, "visits-1").run().exitCode()).isZero();
    assertThat(TestJobs.evaluate(settings, "visits-2", "visits-1").run().message())
        .contains(" of 12 correct)");
  }

  @Test
  void rowsOfPatientsAreDividedByThem() throws IOException {
    Path table =
        write(
            "patients.csv",
            "patient_id,age,sick",
            i -> "%d,%d,%s".formatted(i * 7 % 30, i % 9, i % 2 == 0));
    init(table, "sick");
    assertThat(written(table))
        .contains(
            "    group = patient_id # no group is on two sides; delete it if new rows will be of"
                + " known groups",
            "    features = [",
            "      age # whole numbers")
        .noneMatch(line -> line.startsWith("      patient_id"));
  }

  @Test
  void spreadsheetOfWindowsWithATestSetTrains() throws IOException {
    Path table = windows(write("prices.csv", "rooms;größe;price", i -> price(i, 100)));
    Path test = windows(write("prices-test.csv", "rooms;größe;price", i -> price(i, 90)));
    init(table, "price", test.toString());
    assertThat(written(table))
        .contains(
            "  csv.delimiter = \";\"",
            "  csv.encoding = windows-1252",
            "  test.path = \"" + test + "\"",
            "    targets = [price] # 60 different numbers, so a number is predicted",
            "      rooms # whole numbers",
            "      \"größe\" # whole numbers",
            "    decimal = comma")
        .noneMatch(line -> line.contains("test-fraction"));
    JobSettings settings =
        settings(table, "layers = [ { dense = 1, activation = linear } ], loss = mse");
    assertThat(TestJobs.train(settings, "prices-1").run().exitCode()).isZero();
    assertThat(TestJobs.evaluate(settings, "prices-2", "prices-1").run().exitCode()).isZero();
  }

  private static String price(int row, double share) {
    return String.format(
        Locale.GERMANY, "%d;%d %%;%,.2f €", row % 6, row % 9, 1_000 * (row % 6) + row / share);
  }

  private static Path windows(Path file) throws IOException {
    return Files.writeString(file, Files.readString(file), Charset.forName("windows-1252"));
  }

  @Test
  void encodingIsFoundWhereverItShows() throws IOException {
    List<String> lines = new ArrayList<>(List.of("size,name,kind"));
    for (int i = 0; i < 1_500; i++) {
      String name = i < 1_400 ? "Maller" : List.of("Müller", "Möller").get(i % 2);
      lines.add(i * 7 % 100 + "," + name + "," + (i % 2 == 0 ? "a" : "b"));
    }
    Path table = windows(Files.write(folder.resolve("late.csv"), lines));
    init(table, "kind");
    assertThat(written(table))
        .contains("  csv.encoding = windows-1252", "      name # 3 different texts");
  }

  @Test
  void labelsOfCountriesMayBeNa() throws IOException {
    Path table =
        write("countries.csv", "size,country", i -> i * 7 % 50 + "," + (i % 2 == 0 ? "NA" : "EU"));
    init(table, "country");
    assertThat(written(table))
        .contains("    label = country # 2 different texts, so a class is predicted");
    JobSettings settings =
        settings(
            table,
            "layers = [ { dense = 2, activation = softmax } ], loss = categorical_crossentropy");
    assertThat(TestJobs.train(settings, "countries-1").run().exitCode()).isZero();
  }

  @Test
  void tabsAndTextsAreFound() throws IOException {
    Path table =
        write(
            "pets.tsv",
            "color\tsound\tkind",
            i ->
                List.of("red", "blue", "green").get(i % 3)
                    + "\t"
                    + (i % 2 == 0 ? "bark" : "purr")
                    + "\t"
                    + (i % 2 == 0 ? "dog" : "cat"));
    init(table, "kind");
    assertThat(written(table)).contains("  csv.delimiter = tab", "      color # 3 different texts");
  }

  @Test
  void tableOfPandasWithLineBreaksAndOtherDatesTrains() throws IOException {
    Path table =
        write(
            "pandas.csv",
            ",size,note,day,kind",
            i ->
                String.join(
                    ",",
                    Integer.toString(i),
                    i % 7 + ".5",
                    "\"two\nlines, " + i + "\"",
                    (10 + i % 19) + ".0" + (1 + i % 9) + ".2025",
                    i % 2 == 0 ? "a" : "b"));
    init(table, "kind");
    assertThat(written(table))
        .contains(
            "  csv.multiLine = true # fields have line breaks, so one task reads a file",
            "      \"_c0\" = \"the whole numbers from 0 on, which number the rows\"",
            "    dates.format = \"d.M.yyyy\"");
    JobSettings settings =
        settings(
            table,
            "layers = [ { dense = 2, activation = softmax } ], loss = categorical_crossentropy");
    assertThat(TestJobs.train(settings, "pandas-1").run().exitCode()).isZero();
    assertThat(
            TestJobs.table(folder.resolve("runs"), "pandas-1", "columns")
                .filter("role = 'left out'")
                .selectExpr("concat(column, ': ', reason)")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder(
            "_c0: the whole numbers from 0 on, which number the rows",
            "note: an id or a name: nearly every text is different");
  }

  @Test
  void wideTableIsShownInPart() throws IOException {
    String names = IntStream.range(0, 60).mapToObj(i -> "c" + i).collect(joining(","));
    Path table =
        write(
            "wide.csv",
            names + ",kind",
            i ->
                IntStream.range(0, 60)
                        .mapToObj(c -> i * (c % 28 + 1) % 29 + (c < 50 ? ".5" : ""))
                        .collect(joining(","))
                    + (i % 2 == 0 ? ",a" : ",b"));
    List<String> printed = init(table, "kind");
    assertThat(printed)
        .filteredOn(line -> line.startsWith("| c"))
        .hasSize(9) // the header, and the first eight of 60 numbers
        .last()
        .asString()
        .startsWith("| c7 ");
    assertThat(printed).contains("columns  52 more, all of which " + conf(table) + " lists");
    assertThat(written(table)).contains("      c59 # whole numbers");
  }

  @Test
  void namesDrawNothingAndEndNoComment() throws IOException {
    Path table =
        write(
            "names.csv",
            "\"si\u202eze\",\"no\u001b[2Jte\",kind",
            i -> i % 7 + ".5,text no " + i + "," + (i % 2 == 0 ? "a" : "b"));
    List<String> printed = init(table, "kind");
    assertThat(String.join("", printed)).contains("si\\u202eze", "no\\u001b[2Jte");
    assertThat(written(table))
        .contains("      \"si\\u202eze\" # numbers")
        .anyMatch(line -> line.startsWith("      \"no\\u001b[2Jte\" = "));
    for (String text : List.of(String.join("", printed), String.join("", written(table)))) {
      assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    }
    assertThat(
            settings(
                    table,
                    "layers = [ { dense = 2, activation = softmax } ], loss ="
                        + " categorical_crossentropy")
                .config()
                .getStringList("data.columns.features"))
        .containsExactly("si\u202eze");
  }

  @Test
  void parquetAndTablesOfACatalogHaveTypes() throws IOException {
    Path table = folder.resolve("typed");
    LocalSpark.session()
        .range(ROWS)
        .selectExpr(
            "id",
            "date_add(DATE'2026-01-01', int(id)) AS day",
            "array(float(id), 1f) AS position",
            "id * 0.5 AS size",
            "id % 2 = 0 AS even")
        .write()
        .parquet(table.toString());
    init(table, "even");
    assertThat(written(table))
        .contains(
            "  format = parquet",
            "    label = even # 2 different texts, so a class is predicted",
            "      day # dates",
            "      position # array<float>",
            "      size # numbers",
            "      \"id\" = \"the whole numbers from 0 on, which number the rows\"");
    LocalSpark.session().read().parquet(table.toString()).createOrReplaceTempView("typed_rows");
    Path conf = folder.resolve("view.conf");
    init(
        new InitJob.Request(
            Optional.empty(),
            Optional.of("typed_rows"),
            Optional.empty(),
            Optional.of("size"),
            Optional.of(conf.toString())));
    assertThat(Files.readAllLines(conf))
        .contains("  format = spark", "  train.table = typed_rows")
        .contains("    targets = [size] # 60 different numbers, so a number is predicted");
  }

  @Test
  void partitionsOfParquetTrainAndEachIsPredictedByItself() throws IOException {
    Path table = folder.resolve("partitions");
    LocalSpark.session()
        .range(8 * ROWS)
        .selectExpr(
            "id % 2 AS big",
            "id / 3 AS size",
            "concat('shop ', id % 4) AS shop",
            "IF(id % 2 = 1, 'yes', 'no') AS label")
        .write()
        .partitionBy("shop", "big")
        .parquet(table.toString());
    init(table, "label");
    assertThat(written(table)).contains("  format = parquet", "      shop # 4 different texts");
    String layers = "layers = [{ dense = 1, activation = sigmoid }], loss = binary_crossentropy";
    TestJobs.train(settings(table, layers), "parts").run();
    Dataset<Row> whole = predicted(table, layers, table, "whole");
    Dataset<Row> part = predicted(table, layers, table.resolve("shop=shop 1"), "part");
    assertThat(part.count()).isEqualTo(2L * ROWS);
    Dataset<Row> both = part.join(whole.withColumnRenamed("probability", "p"), SIZE_AND_SHOP);
    assertThat(both.filter("abs(probability - p) < 1e-6").count()).isEqualTo(part.count());
  }

  private Dataset<Row> predicted(Path table, String layers, Path data, String name) {
    PredictOutput to =
        new PredictOutput(
            Optional.of(folder.resolve(name).toString()),
            Optional.empty(),
            PassedColumns.of(List.of(SIZE_AND_SHOP)),
            List.of(),
            RowFormat.PARQUET,
            false);
    JobSettings settings =
        settings(table, layers + " }, data { test-fraction = 0, test.path = \"" + data + "\"");
    new PredictToOutputJob(TestJobs.context(settings, name), "parts", to).run();
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(name).toString())
        .select("size", "shop", "probability");
  }

  @Test
  void wrongRequestsAreRefusedInOneSentence() throws IOException {
    Path table = write("few.csv", "a,buyer", i -> i + "," + i % 2);
    assertThatThrownBy(() -> init(table, null))
        .hasMessage("--label must be the column to predict, one of a, buyer");
    assertThatThrownBy(() -> init(table, "bujer"))
        .hasMessage("--label must be a column of the table, found bujer; did you mean buyer?");
    assertThatThrownBy(() -> init(table, "buyer"))
        .hasMessage(
            table
                + " has no column beside the label that a network can use: a (the whole numbers"
                + " from 0 on, which number the rows)");
    Files.writeString(conf(table), "mine");
    assertThatThrownBy(() -> init(table, "a"))
        .hasMessage(conf(table) + " exists already; delete it, or name another file in --out");
    assertThat(conf(table)).hasContent("mine");
    Path json = write("rows.json", "{}", i -> "{}");
    assertThatThrownBy(() -> init(json, "a"))
        .hasMessage(
            "init reads files of CSV and Parquet, found "
                + json
                + "; convert it, or name a table of Spark's catalogs with --table");
    Path numbers = write("numbers.csv", "5.1,3.5", i -> i + "," + i);
    assertThatThrownBy(() -> init(numbers, "3.5"))
        .hasMessage(
            numbers
                + " begins with 5.1, 3.5, expected a header with names of columns in the first"
                + " line");
    Path mixed = write("mixed.csv", "5.1,3.5,rose", i -> i + "," + i + ",iris");
    assertThatThrownBy(() -> init(mixed, "rose"))
        .hasMessageContaining(" begins with 5.1, 3.5, rose, expected a header");
  }

  @Test
  void tablesWithoutUsableRowsOrColumnsAreRefusedInOneSentence() throws IOException {
    Path title = write("title.csv", "Report of 2026", i -> i == 0 ? "size,y" : i + "," + i % 2);
    assertThatThrownBy(() -> init(title, "y"))
        .hasMessage(
            "--label must be a column of the table, found y; its columns are Report of 2026; the"
                + " first line must be the header, so delete lines above it");
    Path empty = Files.writeString(folder.resolve("empty.csv"), "size,y\n");
    assertThatThrownBy(() -> init(empty, "y")).hasMessage(empty + " has no rows");
    Path trailing = write("trailing.csv", "size,y", i -> i + "," + i % 2 + ",");
    assertThatThrownBy(() -> init(trailing, "y"))
        .hasMessage(
            "each of the 60 records of "
                + trailing
                + " has another number of fields than the header, which has 2; correct the header");
    Path single = write("single.csv", "y", i -> "c" + i % 2);
    assertThatThrownBy(() -> init(single, "y"))
        .hasMessage(single + " has no column beside the label y");
    Path japanese = folder.resolve("japanese.csv");
    Files.write(japanese, List.of("数,都市", "1,東京"), Charset.forName("Shift_JIS"));
    assertThatThrownBy(() -> init(japanese, "都市"))
        .hasMessageContaining("is not a text in windows-1252: ")
        .hasMessageEndingWith("; set data.csv.encoding to another one");
  }

  @Test
  void whateverInitCallsAClassTrains() throws IOException {
    List<String> labels = List.of("-1 1", "0 01 1", "100 7000", "+1 -1", "02134 10001 10001");
    for (int each = 0; each < labels.size(); each++) {
      List<String> classes = List.of(labels.get(each).split(" "));
      Path table =
          write(
              "label" + each + ".csv",
              "size,y",
              i -> (i % 19 == 3 ? "oops" : i * 0.37) + "," + classes.get(i % classes.size()));
      init(table, "y");
      JobSettings settings =
          settings(table, "preset = none, hidden-layers = [{ dense = 2, activation = relu }]");
      assertThat(written(table)).contains("  bad-rows = skip # size is wrong in 3 rows");
      assertThat(TestJobs.train(settings, "label" + each).run().exitCode()).isZero();
      assertThat(encodings("label" + each)).contains(classes);
    }
  }

  private String encodings(String run) throws IOException {
    return Files.readString(folder.resolve("runs").resolve(run).resolve("encodings.json"));
  }

  @Test
  void severalLabelsAreTargets() throws IOException {
    Path table =
        write(
            "meat.csv",
            "a,water,fat,kind",
            i ->
                i % 13 + ".5," + (i % 11) * 1.5 + "," + (i % 7) * 0.3 + (i % 2 == 0 ? ",x" : ",y"));
    init(table, "water, fat");
    assertThat(written(table))
        .contains("    targets = [water, fat] # numbers, which are predicted together");
    assertThat(TestJobs.train(settings(table, "preset = none"), "meat-1").run().exitCode())
        .isZero();
    assertThatThrownBy(() -> init(write("other.csv", "a,water,kind", i -> i + ",1.5,x"), "a,kind"))
        .hasMessage(
            "--label must be one column or columns of numbers, but kind has no two different"
                + " values; choose another column");
    Path misspelt = write("misspelt.csv", "a,water,fat,kind", i -> i + ",1.5,2,x");
    assertThatThrownBy(() -> init(misspelt, "water,fats"))
        .hasMessage("--label must be a column of the table, found fats; did you mean fat?");
  }

  @Test
  void secondRowOfHeadersIsNotedAndSkipped() throws IOException {
    Path table =
        write(
            "cards.csv",
            ",X1,X2,,Y",
            i ->
                i == 0
                    ? "ID,LIMIT,AGE,BILL,default payment"
                    : i + "," + i * 1_000 + "," + (20 + i % 40) + "," + i * 7 % 31 + "," + i % 2);
    List<String> printed = init(table, "Y");
    assertThat(printed)
        .contains(
            "note     the header has no name for _c3; check its first lines",
            "note     _c0, X1, X2 and 2 more columns have one wrong value each; if the table has a"
                + " second row of headers, delete it");
    assertThat(written(table))
        .contains("    label = Y # 3 different values, so a class is predicted")
        .anyMatch(line -> line.contains("bad-rows = skip # Y is no number in 1 row"));
    assertThat(TestJobs.train(settings(table, "preset = none"), "cards-1").run().exitCode())
        .isZero();
  }

  @Test
  void columnsThatRepeatTheLabelAreNoted() throws IOException {
    Path numbers =
        write(
            "prices.csv",
            "rooms,dollars,price",
            i -> i % 7 + "," + String.format(Locale.ROOT, "$%.2f", 1.1 * i * i) + "," + i * i);
    assertThat(init(numbers, "price"))
        .contains(
            "note     dollars may repeat what is predicted: its correlation with price is 1;"
                + " exclude it if it is known only afterwards")
        .noneMatch(line -> line.startsWith("note     rooms"));
    Path classes =
        write(
            "churn.csv",
            "plan,reason,churned",
            i -> "p" + i % 5 + (i % 3 == 0 ? ",left,yes" : ",stayed,no"));
    assertThat(init(classes, "churned"))
        .contains(
            "note     reason may repeat what is predicted: each of its values belongs to one of"
                + " churned; exclude it if it is known only afterwards")
        .noneMatch(line -> line.startsWith("note     plan"));
  }

  @Test
  void labelWithAFewOtherTextsIsARegression() throws IOException {
    Path table =
        write("rents.csv", "size,rent", i -> i % 23 + "," + (i == 7 ? "on request" : i + 0.25));
    assertThat(init(table, "rent"))
        .contains("note     rent is no number in 1 row; bad-rows = skip leaves them out");
    assertThat(written(table))
        .contains("    targets = [rent] # 60 different numbers, so a number is predicted");
  }

  @Test
  void directoryOfDatesGetsTheSettingsOfItsNights() throws IOException {
    Path nights = folder.resolve("sales");
    for (int day = 1; day <= 2; day++) {
      Path date = Files.createDirectories(nights.resolve("date=2026-01-0" + day));
      Path table = write("night.csv", "size,city,sold", i -> i % 23 + ".5,c" + i % 3 + "," + i * 2);
      Files.move(table, date.resolve("part.csv"));
    }
    List<String> printed = init(nights, "sold");
    assertThat(printed)
        .contains(
            "rows     120",
            "note     before the first retrain, set retrain.floor in the settings file",
            "next     scripts/submit retrain --conf " + conf(nights) + " --date today");
    assertThat(written(nights))
        .containsSubsequence(
            "  train.path = \"" + nights + "/*\"",
            "retrain {",
            "  model = sales",
            "  input = \"" + nights + "\"",
            "  window = 1 # the newest date alone, of which a share is the test set",
            "  metric = mae",
            "  # floor = … # the least good mae of a first model; evaluate prints it",
            "}");
    JobSettings settings = settings(nights, "preset = none");
    assertThat(TestJobs.train(settings, "sales-1").run().exitCode()).isZero();
    assertThat(TestJobs.evaluate(settings, "sales-test", "sales-1").run().exitCode()).isZero();
    assertThat(night(nights, "2026-01-01")).isZero();
    assertThat(night(nights, "2026-01-02")).isIn(0, 99);
  }

  private int night(Path table, String date) {
    JobSettings settings =
        JobSettings.load(
            List.of(new LocalSettingsFile(conf(table))),
            List.of(
                "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
                "registry.directory = \"" + folder.resolve("models") + "\"",
                "network.preset = none",
                "train { workers = 1, epochs = 2 }",
                "gate.rows.min = 1",
                "retrain.floor = 1e6"));
    return new RetrainJob(
            TestJobs.context(settings, "sales-" + date),
            new RetrainOptions(LocalDate.parse(date), false, false),
            new TrainingListener() {})
        .run()
        .exitCode();
  }

  @Test
  void lineTellsWhatIsReadBeforeItTakesLong() throws IOException {
    Path table = write("small.csv", "size,kind", i -> i + ".5," + (i % 2 == 0 ? "a" : "b"));
    List<String> progress = new ArrayList<>();
    new InitJob(
            LocalSpark.session(),
            new InitJob.Request(
                Optional.of(table.toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.of("kind"),
                Optional.of(conf(table).toString())),
            progress::add)
        .run();
    assertThat(progress).containsExactly("reading  the 2 columns of " + table);
  }
}
