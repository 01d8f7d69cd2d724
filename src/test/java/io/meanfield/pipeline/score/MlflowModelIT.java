package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.fixture.TestPython;
import io.meanfield.ml.MeanfieldClassificationModel;
import io.meanfield.ml.MeanfieldClassifier;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.scorer.Scorer;
import io.meanfield.serve.ModelVersions;
import io.meanfield.serve.Server;
import io.meanfield.serve.ServerOptions;
import io.meanfield.serve.TestClient;
import io.meanfield.store.table.RowFormat;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that MLflow loads predict what {@code predict} writes. */
@Tag("cluster")
@Tag("promise")
class MlflowModelIT {
  private static final int ROWS = 400;
  private static final int SCORED = 150;
  private static final LocalDate FIRST = LocalDate.of(2023, 11, 5);
  private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("d.M.yyyy");

  @TempDir private static Path folder;
  private static MeanfieldClassificationModel fitted;

  private static String row(int i) {
    LocalDate since = FIRST.plusDays(i * 5L % 700);
    return String.join(
        ",",
        String.valueOf(i),
        i % 7 == 0 ? "" : String.valueOf(20 + i % 50),
        i % 11 == 0 ? "" : since.toString(),
        i % 13 == 0 ? "n.a." : "\"" + money(i) + "\"",
        i % 17 == 0 ? "-" : i % 90 + 0.5 + " kg",
        FIRST.minusDays(i * 3L).format(GERMAN),
        i % 24 + ":" + String.format(Locale.ROOT, "%02d", i % 60),
        i % 3 == 0 ? "true" : "false",
        i % 9 == 0 ? "" : "plan " + (i % 5 == 0 ? "😀" : i % 5),
        String.valueOf(i % 4 + 1),
        note(i),
        i % 5 < 2 ? "yes" : "no",
        i % 2 == 0 ? "1" : "0",
        i % 4 < 2 ? "1" : "0",
        String.valueOf(i % 50 * 3.5 + i % 5));
  }

  // Words that are repeated, and none; another number of words in each row.
  private static String note(int i) {
    String words = "no no no good value " + i % 31 + ", 😀 don’t like it it 月日 ";
    return i % 19 == 0 ? "" : "\"" + words.repeat(1 + i % 3) + "<b>" + i % 7 + "</b>\"";
  }

  private static String money(int i) {
    return String.format(Locale.ROOT, "$%,.2f", Math.pow(1.03, i % 600));
  }

  private static void write(String file, int from, int to) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "account,age,since,revenue,weight,born,call"
                    + " 😀,open,plan,store,note,churned,again,gone,spent"));
    IntStream.range(from, to).mapToObj(MlflowModelIT::row).forEach(lines::add);
    Files.write(folder.resolve(file), lines);
  }

  private static JobSettings settings(String name, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page = none",
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "data { format = csv, validation-fraction = 0.2 }",
                "data.train.path=\"" + folder.resolve("train.csv") + "\"",
                "data.test.path=\"" + folder.resolve(name + ".csv") + "\"",
                "train { epochs = 2, members = 2 }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private static JobSettings churn() {
    return settings(
        "churn",
        "data.columns { id = account, label = churned, categorical = [plan, store],"
            + " text = [note], exclude = [again, gone, spent] }",
        "train { threshold = f1, intervals = [0.5, 0.9] }");
  }

  /** Writes baskets of customers, a set of tags and a map of what was spent on each kind. */
  private static void writeBaskets(String file, int from, int to) {
    List<Row> rows =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    RowFactory.create(
                        i,
                        i % 13 == 0 ? null : List.of("New Wave", "tag " + i % 5, "tag " + i % 5),
                        i % 17 == 0 ? null : Map.of("a b", i % 9 * 12.5, "c" + i % 4, -1.0),
                        i % 5 < 2 ? "yes" : "no"))
            .toList();
    StructType schema =
        new StructType()
            .add("account", DataTypes.IntegerType)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType))
            .add("spend", DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType))
            .add("churned", DataTypes.StringType);
    LocalSpark.session()
        .createDataFrame(rows, schema)
        .write()
        .parquet(folder.resolve(file).toString());
  }

  private static void trainBaskets() {
    writeBaskets("basket-train.parquet", 0, ROWS);
    writeBaskets("basket.parquet", ROWS, ROWS + SCORED);
    train("basket", parquet("basket", "data.columns { id = account, label = churned }"));
  }

  private static JobSettings parquet(String name, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data { format = parquet, train.path = \""
                    + folder.resolve(name + "-train.parquet")
                    + "\" }",
                "data.test.path = \"" + folder.resolve(name + ".parquet") + "\""));
    all.addAll(List.of(more));
    return settings(name, all.toArray(String[]::new));
  }

  /** Writes images of 6 x 6 pixels, of two kinds, and arrays of three numbers with a target. */
  private static void writeArrays(String name, String part, int from, int to) {
    Random random = new Random(from);
    List<Row> rows =
        IntStream.range(from, to)
            .mapToObj(
                i -> {
                  byte[] pixels = new byte[36];
                  random.nextBytes(pixels);
                  List<Float> numbers = List.of(i / 100f, (float) random.nextGaussian(), -0.5f);
                  pixels[14] = (byte) (i % 2 == 0 ? 255 : 0);
                  return RowFactory.create(
                      i, pixels, i % 2 == 0 ? "dark" : "light", numbers, 3.0 * i);
                })
            .toList();
    StructType schema =
        new StructType()
            .add("account", DataTypes.IntegerType)
            .add("images", DataTypes.BinaryType)
            .add("kind", DataTypes.StringType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType))
            .add("spent", DataTypes.DoubleType);
    LocalSpark.session()
        .createDataFrame(rows, schema)
        .write()
        .parquet(folder.resolve(name + part + ".parquet").toString());
  }

  private static void trainArrays() {
    for (String name : List.of("images", "arrays")) {
      writeArrays(name, "-train", 0, ROWS);
      writeArrays(name, "", ROWS, ROWS + SCORED);
    }
    train(
        "images",
        parquet(
            "images",
            "data.columns { id = account, label = kind, features = [images] }",
            "network { input = [6, 6, 1], layers = [ { conv2d = 3, kernel = [3, 3], activation ="
                + " relu }, { flatten = true }, { dense = 2, activation = softmax } ], loss ="
                + " categorical_crossentropy }",
            "train.members = 1"));
    train(
        "arrays",
        parquet(
            "arrays", "data.columns { id = account, targets = [spent], features = [features] }"));
  }

  private static void train(String name, JobSettings settings) {
    TestJobs.train(settings, name).run();
    exportAndPredict(name, settings, name);
  }

  // The columns are texts, as in the file.
  private static void trainFrame() throws IOException {
    JobSettings settings =
        settings(
            "frame",
            "data.columns { id = account, label = churned, features = [age, since, revenue, weight,"
                + " born, \"call 😀\", open, plan, store, note] }");
    Dataset<Row> table = texts("train").drop("again", "gone", "spent");
    fitted =
        new MeanfieldClassifier()
            .setFeaturesCols(new String[] {"*"})
            .setLabelCol("churned")
            .setIdCol("account")
            .setMaxIter(2)
            .setIntervals(new double[] {0.9})
            .fit(table);
    fitted.write().save(folder.resolve("saved").toString());
    exportAndPredict("frame", settings, folder.resolve("saved").toString());
  }

  private static void exportAndPredict(String name, JobSettings settings, String model) {
    new ExportJob(
            TestJobs.context(settings, name + "-export"),
            new ExportJob.Options(
                model, folder.resolve(name + "-mlflow").toString(), ExportFormat.MLFLOW, false))
        .export();
    PredictOutput output =
        new PredictOutput(
            Optional.of(folder.resolve(name + "-predictions").toString()),
            Optional.empty(),
            PassedColumns.of(List.of()),
            List.of(),
            RowFormat.PARQUET,
            false);
    new PredictToOutputJob(TestJobs.context(settings, name + "-predict"), model, output).run();
  }

  private static void export(Path out, String run) {
    new ExportJob(
            TestJobs.context(churn(), run),
            new ExportJob.Options("churn", out.toString(), ExportFormat.MLFLOW, true))
        .export();
  }

  @BeforeAll
  static void trainAndExport() throws IOException {
    TestPython.require(TestPython.BIN);
    write("train.csv", 0, ROWS);
    for (String name : List.of("churn", "spent", "labels", "frame")) {
      write(name + ".csv", ROWS, ROWS + SCORED);
    }
    trainBaskets();
    trainArrays();
    trainFrame();
    train("churn", churn());
    train(
        "spent",
        settings(
            "spent",
            "data.columns { id = account, targets = [spent], categorical = [plan, store],"
                + " text = [note], exclude = [again, gone, churned] }",
            "train.intervals = 0.9"));
    train(
        "labels",
        settings(
            "labels",
            "data.columns { id = account, targets = [again, gone], categorical = [plan],"
                + " features = [age, since, revenue, weight, born, \"call 😀\", open, store] }",
            "network { layers = [ { dense = 5, activation = tanh },"
                + " { dense = 2, activation = sigmoid } ], loss = binary_crossentropy }"));
  }

  @Test
  void loadedModelPredictsWhatPredictWrites() throws Exception {
    JsonNode read =
        new ObjectMapper()
            .readTree(
                TestPython.run(
                    "mlflow_model.py",
                    folder,
                    "churn",
                    "spent",
                    "labels",
                    "basket",
                    "images",
                    "arrays",
                    "frame"));
    assertThat(read).hasSize(7);
    for (JsonNode model : read) {
      assertThat(model.get("texts").asDouble()).as(read.toString()).isLessThan(1e-6);
      assertThat(model.get("typed").asDouble()).as(read.toString()).isLessThan(1e-6);
      assertThat(model.get("one").asDouble()).as(read.toString()).isLessThan(1e-6);
      assertThat(model.get("spark").asDouble()).as(read.toString()).isLessThan(1e-6);
    }
    assertThat(read.at("/churn/inputs").toString())
        .isEqualTo(
            "[\"'age': Any (required)\",\"'since': Any (required)\",\"'revenue': Any"
                + " (required)\",\"'weight': Any (required)\",\"'born': Any (required)\",\"'call"
                + " 😀': Any (required)\",\"'open': Any (required)\",\"'plan': string"
                + " (required)\",\"'store': Any (required)\",\"'note': Any (required)\"]");
    assertThat(read.at("/labels/outputs").toString())
        .isEqualTo(
            "[\"'predicted_again': integer (required)\","
                + "\"'probability_again': double (required)\","
                + "\"'predicted_gone': integer (required)\","
                + "\"'probability_gone': double (required)\"]");
  }

  private static Dataset<Row> texts(String name) {
    Path parquet = folder.resolve(name + ".parquet");
    if (Files.exists(parquet)) {
      return LocalSpark.session().read().parquet(parquet.toString()).orderBy("account");
    }
    return LocalSpark.session()
        .read()
        .option("header", true)
        .csv(folder.resolve(name + ".csv").toString())
        .orderBy(functions.expr("int(account)"));
  }

  private static Map<String, Object> values(Row row) {
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      DataType type = row.schema().apply(i).dataType();
      Object value = row.isNullAt(i) ? null : row.get(i);
      if (value != null && type instanceof ArrayType) {
        value = row.getList(i);
      } else if (value != null && type instanceof MapType) {
        value = row.getJavaMap(i);
      }
      values.put(row.schema().apply(i).name(), value);
    }
    return values;
  }

  // JSON has no bytes.
  private static Map<String, Object> jsonValues(Row row) {
    Map<String, Object> values = values(row);
    values.replaceAll(
        (column, value) ->
            value instanceof byte[] bytes
                ? IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xff).toArray()
                : value);
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"churn", "spent", "labels", "basket", "images", "arrays", "frame"})
  void scorerWithoutSparkPredictsWhatPredictWrites(String name) {
    List<Map<String, Object>> rows =
        texts(name).collectAsList().stream().map(MlflowModelIT::values).toList();
    List<Map<String, Object>> scored;
    try (Scorer scorer = Scorer.load(folder.resolve(name + "-mlflow"))) {
      scored = scorer.score(rows);
      List<Map<String, Object>> one = rows.parallelStream().map(scorer::score).toList();
      for (int i = 0; i < one.size(); i++) {
        assertNear(one.get(i), scored.get(i));
      }
    }
    assertPredicted(name, scored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"churn", "spent", "labels", "basket", "images", "arrays", "frame"})
  void serverPredictsWhatPredictWrites(String name) throws Exception {
    ModelVersions versions =
        new ModelVersions(
            ModelCatalog.of(new Configuration(), churn()),
            name.equals("frame") ? folder.resolve("saved").toString() : name,
            run ->
                ModelSettings.of(
                        List.of(), List.of("run.directory=\"" + folder.resolve("runs") + "\""))
                    .load(new Configuration(), run, List.of())
                    .targets());
    ServerOptions options = new ServerOptions("127.0.0.1", 0, 2, 8, 16, Duration.ofSeconds(1));
    ObjectMapper json = new ObjectMapper();
    String body =
        json.writeValueAsString(
            Map.of(
                "dataframe_records",
                texts(name).collectAsList().stream().map(MlflowModelIT::jsonValues).toList()));
    try (Server server = Server.start(versions, options, line -> {})) {
      HttpResponse<String> answer = new TestClient(server.uri()).post("/invocations", body);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertPredicted(
          name,
          json.convertValue(
              TestClient.json(answer).get("predictions"),
              new TypeReference<List<Map<String, Object>>>() {}));
    }
  }

  @Test
  void transformPredictsWhatPredictWrites() {
    List<Row> transformed = fitted.transform(texts("frame")).collectAsList();
    assertPredicted(
        "frame",
        transformed.stream()
            .map(
                row ->
                    Map.<String, Object>of(
                        "predicted_label",
                        fitted.labels()[row.<Double>getAs("prediction").intValue()],
                        "probability_positive",
                        row.<Vector>getAs("probability").apply(1)))
            .toList());
  }

  /** Asserts that rows, in the order of the file, have the columns that predict has written. */
  private static void assertPredicted(String name, List<Map<String, Object>> scored) {
    List<Row> written =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve(name + "-predictions").toString())
            .orderBy(functions.expr("int(example_id)"))
            .collectAsList();
    assertThat(scored).hasSameSizeAs(written);
    for (int i = 0; i < scored.size(); i++) {
      assertNear(scored.get(i), values(written.get(i)));
    }
  }

  private static void assertNear(Map<String, Object> found, Map<String, Object> expected) {
    // A bound is a sum of the prediction, whose error it has.
    double size = expected.get("predicted_spent") instanceof Double spent ? spent : 1;
    assertThat(expected.keySet()).containsAll(found.keySet());
    found.forEach(
        (column, value) ->
            assertThat(isNear(value, expected.get(column), size))
                .as("%s is %s, expected %s", column, value, expected.get(column))
                .isTrue());
  }

  /** Returns whether values differ by at most a millionth of 1, of their size or of another one. */
  private static boolean isNear(Object one, Object other, double size) {
    if (one instanceof Number first && other instanceof Number second) {
      double largest = Math.max(Math.max(1, Math.abs(second.doubleValue())), Math.abs(size));
      return Math.abs(first.doubleValue() - second.doubleValue()) <= 1e-6 * largest;
    }
    List<?> found = list(one);
    List<?> expected = list(other);
    return found.isEmpty()
        ? one.equals(other)
        : found.size() == expected.size()
            && IntStream.range(0, found.size())
                .allMatch(i -> isNear(found.get(i), expected.get(i), size));
  }

  /** Returns the elements of an array or a list; none of another value. */
  private static List<?> list(Object value) {
    if (value instanceof float[] numbers) {
      return IntStream.range(0, numbers.length).mapToObj(i -> numbers[i]).toList();
    }
    if (value instanceof Object[] set) {
      return List.of(set);
    }
    return value instanceof List<?> list ? list : List.of();
  }

  @Test
  void registryAliasServerAndEvaluationTakeTheModel() throws Exception {
    JsonNode found =
        new ObjectMapper().readTree(TestPython.run("mlflow_doors.py", folder, "churn"));
    assertThat(found.get("server_difference").asDouble()).as(found.toString()).isLessThan(1e-6);
    assertThat(found.get("alias_difference").asDouble()).as(found.toString()).isZero();
    assertThat(found.get("accuracy").asDouble()).isEqualTo(found.get("expected").asDouble());
    assertThat(found.get("status").asInt()).isEqualTo(400);
    assertThat(found.get("wrong").toString())
        .isEqualTo(
            "[\"row 2: column age is \\\"many\\\", expected a finite number\",\"row 2: column born"
                + " is \\\"31.2.2024\\\", expected a date in the form d.M.yyyy\",\"row 2: column"
                + " weight is \\\"5 lb\\\", expected a finite number in kg\"]");
  }

  @Test
  void otherDirectoryIsNotReplaced() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "mine");
    ExportJob job =
        new ExportJob(
            TestJobs.context(churn(), "other-export"),
            new ExportJob.Options("churn", other.toString(), ExportFormat.MLFLOW, true));
    assertThatThrownBy(job::export)
        .isInstanceOf(UserException.class)
        .hasMessage(
            other
                + " exists and has no file MLmodel; expected the path of a new directory, or of a"
                + " model to replace");
    assertThat(other).isDirectoryContaining(file -> file.endsWith("notes.txt"));
  }

  @Test
  void modelOfMlflowIsReplaced() throws IOException {
    Path out = Files.createDirectories(folder.resolve("again"));
    export(out, "again-1");
    Path old = Files.writeString(out.resolve("old"), "of the first export");
    export(out, "again-2");
    assertThat(old).doesNotExist();
    assertThat(out.resolve("MLmodel")).isRegularFile();
    assertThat(folder).isDirectoryNotContaining("glob:**/.again*");
  }
}
