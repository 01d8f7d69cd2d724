package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.encoding.EncodingsJson;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains and evaluates each task type, from a CSV file to the tables. */
class TaskTypesIT {
  // One step per epoch on all examples: full-batch gradient descent.
  private static final int ROWS = 40;

  @TempDir private Path folder;

  private Path csv(String name, String header, Stream<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(header));
    rows.forEach(lines::add);
    return Files.write(folder.resolve(name), lines);
  }

  private JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data { format = csv, validation-fraction = 0 }");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("data.columns { scale = none, log = none, impute = refuse, handle-unknown = error }");
    all.add("train { workers = 2, batch-size = " + ROWS + ", epochs = 60 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static Outcome train(JobSettings settings, String id) {
    return TestJobs.train(settings, id).run();
  }

  private List<Row> table(String run, String name, String order) {
    return TestJobs.table(folder.resolve("runs"), run, name).orderBy(order).collectAsList();
  }

  private boolean hasTable(String run, String name) {
    return Files.exists(folder.resolve("runs").resolve(run).resolve("tables").resolve(name));
  }

  private static double number(Row row, String column) {
    return row.<Double>getAs(column);
  }

  private static boolean isNull(Row row, String column) {
    return row.isNullAt(row.fieldIndex(column));
  }

  private static final String[] AND = {"-1,-1,0", "-1,1,0", "1,-1,0", "1,1,1"};

  @Test
  void linearOutputSeparatesTwoClassesAtOneHalf() throws IOException {
    csv("train.csv", "a,b,y", IntStream.range(0, ROWS).mapToObj(i -> AND[i % 4]));
    csv("test.csv", "a,b,y", Arrays.stream(AND));
    JobSettings settings =
        settings(
            "train.epochs = 15",
            "data.columns.label=y",
            "network { input = [2], layers = [ { dense = 1, activation = linear } ], loss = mse }",
            "network.optimizer { name = sgd, learning-rate = 0.5 }");
    assertThat(train(settings, "and").message()).startsWith("trained 15 epochs: training loss ");
    Row last = table("and", "epochs", "epoch").get(14);
    // The best linear fit of AND is (a + b + 1) / 4; its error is a quarter for every row.
    assertThat(number(last, "train_loss")).isCloseTo(1 / 16.0, within(1e-4));
    assertThat(number(last, "train_accuracy")).isEqualTo(1);

    assertThat(TestJobs.evaluate(settings, "and-test", "and").run().message())
        .isEqualTo("accuracy 100.00 % (4 of 4 correct), loss 0.0625");
    Row evaluation = table("and-test", "evaluation", "run_id").get(0);
    assertThat(number(evaluation, "roc_auc_macro")).isEqualTo(1);
    assertThat(isNull(evaluation, "log_loss")).isTrue();
    assertThat(isNull(evaluation, "expected_calibration_error")).isTrue();
    assertThat(table("and-test", "confusion", "actual"))
        .extracting(row -> row.<Long>getAs("count"))
        .containsExactlyInAnyOrder(3L, 0L, 0L, 1L);
    assertThat(table("and-test", "predictions", "example_id"))
        .allSatisfy(
            row -> {
              assertThat(row.<Integer>getAs("predicted")).isEqualTo(row.<Integer>getAs("actual"));
              assertThat(isNull(row, "probability")).isTrue();
              assertThat(isNull(row, "targets")).isTrue();
            });
  }

  /** The training targets are 1 to 7 and -3 to 0; the test targets lie beyond. */
  private void assertClamped(JobSettings settings) {
    JobSettings clamping =
        JobSettings.read(
            SettingsTree.overDefaults(
                settings
                    .config()
                    .withValue("data.columns.clamp", ConfigValueFactory.fromAnyRef(true))
                    .withValue("train.epochs", ConfigValueFactory.fromAnyRef(20))));
    train(clamping, "clamped");
    TestJobs.evaluate(clamping, "clamped-test", "clamped").run();
    for (Row row : table("clamped-test", "predictions", "example_id")) {
      assertThat(row.getList(row.fieldIndex("outputs")).toString()).isEqualTo("[7.0, -3.0]");
    }
  }

  @Test
  void regressionHasErrorsAndNoAccuracy() throws IOException {
    csv(
        "train.csv",
        "x,y,z",
        IntStream.range(0, ROWS)
            .mapToObj(i -> i % 4 - 1.5 + "," + (2 * (i % 4) + 1) + "," + -(i % 4)));
    csv("test.csv", "x,y,z", Stream.of("2.5,9,-4", "3.5,11,-5", "4.5,14,-6"));
    JobSettings settings =
        settings(
            "data { validation-fraction = 0.2, columns.targets = [y, z] }",
            "train { epochs = 25, batch-size = 4 }",
            "network { input = [1], layers = [ { dense = 2, activation = linear } ], loss = mse }",
            "network.optimizer { name = sgd, learning-rate = 0.2 }");
    Outcome trained = train(settings, "line");
    assertThat(trained.message())
        .matches("trained 25 epochs: training loss 0\\.0000, validation loss 0\\.0000");
    assertThat(trained.details())
        .containsSubsequence(
            "errors   mean r2 1.0000 of 2 targets (8 validation examples)",
            "target   y: rmse 0.0000, mae 0.0000, r2 1.0000",
            "target   z: rmse 0.0000, mae 0.0000, r2 1.0000");
    assertThat(trained.result().metrics().get("validation_r2")).isCloseTo(1, within(1e-6));
    Row last = table("line", "epochs", "epoch").get(24);
    assertThat(isNull(last, "train_accuracy")).isTrue();
    assertThat(isNull(last, "validation_accuracy")).isTrue();

    // One of the three numbers of y is off by 1.
    Outcome evaluated = TestJobs.evaluate(settings, "line-test", "line").run();
    assertThat(evaluated.message()).isEqualTo("mean r2 0.9605 of 2 targets, loss 0.1667");
    assertThat(evaluated.details())
        .startsWith(
            "target   y: rmse 0.5774, mae 0.3333, r2 0.9211",
            "target   z: rmse 0.0000, mae 0.0000, r2 1.0000");
    List<Row> targets = table("line-test", "evaluation_by_target", "target");
    assertThat(targets).hasSize(2);
    assertThat(number(targets.get(0), "rmse")).isEqualTo(Math.sqrt(1 / 3.0), within(1e-3));
    assertThat(number(targets.get(0), "r2")).isEqualTo(1 - 3 / 38.0, within(1e-3));
    assertClamped(settings);
    Row evaluation = table("line-test", "evaluation", "run_id").get(0);
    assertThat(number(evaluation, "mse")).isEqualTo(number(evaluation, "loss"), within(1e-12));
    // The r2 of y is 1 - 1 / (38 / 3), where 38 / 3 is the sum of squares around the mean; that of
    // z is 1.
    assertThat(number(evaluation, "r2")).isCloseTo(1 - 3 / 38.0 / 2, within(1e-3));
    assertThat(isNull(evaluation, "accuracy")).isTrue();
    assertThat(hasTable("line-test", "confusion")).isFalse();
    assertThat(hasTable("line-test", "evaluation_by_class")).isFalse();
    List<Row> predictions = table("line-test", "predictions", "example_id");
    assertThat(predictions)
        .extracting(row -> row.getList(row.fieldIndex("targets")).toString())
        .contains("[14.0, -6.0]");
    Row prediction = predictions.get(2);
    assertThat(isNull(prediction, "predicted")).isTrue();
    assertThat(isNull(prediction, "actual")).isTrue();
  }

  @Test
  void pinballLossLearnsAQuantile() throws IOException {
    // y is uniform from 0 to x, in the same order for each x.
    Stream<String> rows =
        IntStream.range(0, 2000)
            .mapToObj(i -> (1 + i % 2) + "," + (1 + i % 2) * (i * 37 % 100) / 100.0);
    csv("train.csv", "x,y", rows);
    csv("test.csv", "x,y", IntStream.range(0, 100).mapToObj(i -> "2," + 2 * i / 100.0));
    JobSettings settings =
        settings(
            "data { validation-fraction = 0.2, columns.targets = [y] }",
            "train { epochs = 30, batch-size = 20 }",
            "network { hidden-layers = [ { dense = 4, activation = relu } ], loss = pinball }",
            "network { quantile = 0.9, optimizer { name = adam, learning-rate = 0.01 } }");
    Outcome trained = train(settings, "quantile");
    assertThat(trained.details())
        .anyMatch(
            line -> line.matches("errors   pinball 0\\.\\d+, quantile error 0\\.0\\d+, mae .*"));
    Outcome evaluated = TestJobs.evaluate(settings, "quantile-test", "quantile").run();
    assertThat(evaluated.message()).matches("pinball 0\\.09\\d*, quantile error 0\\.0\\d+, .*");
    assertThat(evaluated.notes()).isEmpty();
    for (Row row : table("quantile-test", "predictions", "example_id")) {
      List<Float> outputs = row.getList(row.fieldIndex("outputs"));
      assertThat((double) outputs.get(0)).isCloseTo(1.8, within(0.08));
    }
  }

  @Test
  void multiLabelMetricsCountEachLabelAndExactMatches() throws IOException {
    String[] rows = {"1,0,1,0", "0,1,0,1", "1,1,1,1", "0,0,0,0"};
    csv("train.csv", "a,b,cat,dog", IntStream.range(0, ROWS).mapToObj(i -> rows[i % 4]));
    csv("test.csv", "a,b,cat,dog", Stream.concat(Arrays.stream(rows), Stream.of("1,0,1,1")));
    JobSettings settings =
        settings(
            "data.columns.targets=[cat, dog]",
            "train.epochs = 30",
            "network { input = [2], layers = [ { dense = 2, activation = sigmoid } ] }",
            "network.loss=binary_crossentropy",
            "network.optimizer { name = sgd, learning-rate = 5 }");
    train(settings, "pets");
    assertThat(number(table("pets", "epochs", "epoch").get(29), "train_accuracy")).isEqualTo(1);

    assertThat(TestJobs.evaluate(settings, "pets-test", "pets").run().message())
        .startsWith("accuracy 80.00 % (4 of 5 correct), loss ");
    Row evaluation = table("pets-test", "evaluation", "run_id").get(0);
    assertThat(number(evaluation, "hamming_loss")).isEqualTo(0.1, within(1e-12));
    assertThat(isNull(evaluation, "log_loss")).isTrue();
    Row dog = table("pets-test", "evaluation_by_class", "class").get(1);
    assertThat(dog.<Long>getAs("support")).isEqualTo(3);
    assertThat(number(dog, "precision")).isEqualTo(1);
    assertThat(number(dog, "recall")).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(hasTable("pets-test", "confusion")).isFalse();
    assertThat(table("pets-test", "predictions", "example_id"))
        .extracting(row -> row.getList(row.fieldIndex("targets")).toString())
        .contains("[1.0, 1.0]");
  }

  private static final String[] FRUIT = {
    "yellow,1,banana", "red,0,apple", "green,0,apple", "yellow,0,lemon"
  };

  private JobSettings fruit(String... more) throws IOException {
    csv(
        "train.csv",
        "color,long,kind,name",
        IntStream.range(0, ROWS).mapToObj(i -> FRUIT[i % 4] + ",fruit-" + i));
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.columns { id = name, label = kind, categorical = [color] }",
                "network { input = [4], layers = [ { dense = 3, activation = softmax } ] }",
                "network.loss=sparse_categorical_crossentropy",
                "train.epochs = 30",
                "network.optimizer { name = sgd, learning-rate = 2 }"));
    all.addAll(Arrays.asList(more));
    return settings(all.toArray(String[]::new));
  }

  @Test
  void valuesAreEncodedInTrainingAndAgainInEvaluationAndPrediction() throws IOException {
    JobSettings settings = fruit();
    train(settings, "fruit");
    assertThat(Files.readString(folder.resolve("runs/fruit/encodings.json")))
        .contains(
            "\"column\" : \"long\"",
            "\"values\" : [ \"green\", \"red\", \"yellow\" ]",
            "\"values\" : [ \"apple\", \"banana\", \"lemon\" ]");

    // Another order of columns, and not all of the values.
    csv("test.csv", "name,long,kind,color", Stream.of("x,0,lemon,yellow", "y,0,apple,red"));
    assertThat(TestJobs.evaluate(settings, "fruit-test", "fruit").run().message())
        .startsWith("accuracy 100.00 % (2 of 2 correct), loss 0.");
    List<Row> predictions = table("fruit-test", "predictions", "example_key");
    assertThat(predictions)
        .extracting(row -> row.<String>getAs("example_key"))
        .containsExactly("x", "y");
    assertThat(predictions)
        .extracting(row -> row.<Integer>getAs("predicted"))
        .containsExactly(2, 0); // apple, banana, lemon
    assertThat(number(predictions.get(0), "probability")).isBetween(0.5, 1.0);

    csv("test.csv", "name,color,long", Stream.of("z,green,0"));
    Path copies = Files.createDirectory(folder.resolve("elsewhere"));
    for (String file : List.of("model.zip", "encodings.json")) {
      Files.copy(folder.resolve("runs/fruit").resolve(file), copies.resolve(file));
    }
    TestJobs.predict(settings, "fruit-predicted", copies + "/model.zip").run();
    Row prediction = table("fruit-predicted", "predictions", "example_id").get(0);
    assertThat(prediction.<Integer>getAs("predicted")).isZero();
    assertThat(isNull(prediction, "actual")).isTrue();
    assertThatThrownBy(() -> TestJobs.evaluate(settings, "fruit-unlabelled", "fruit").run())
        .hasMessage(
            "data.columns.label = kind: "
                + folder.resolve("test.csv")
                + " has no such column; its columns are name, color, long");
  }

  @Test
  void modelOfATableIsRefusedWithoutItsEncodings() throws IOException {
    JobSettings settings = fruit("train.epochs=1");
    train(settings, "alone");
    Path model = Files.copy(folder.resolve("runs/alone/model.zip"), folder.resolve("alone.zip"));
    csv(
        "test.csv",
        "color,long,kind,name",
        Stream.of("red,0,apple,x", "green,1,lemon,y", "blue,0,lemon,z"));
    assertThatThrownBy(() -> TestJobs.predict(settings, "alone-test", model.toString()).run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            model
                + " was trained on a table, but has no encodings.json beside it, which tells how"
                + " rows become its inputs; copy the file from the folder where the model was"
                + " written");
  }

  @Test
  void trainingFromAModelKeepsItsVocabularies() throws IOException {
    train(fruit("train.epochs=1"), "first");
    csv("train.csv", "color,long,kind,name", Stream.of("red,0,apple,x", "yellow,0,lemon,y"));
    Path twoRows = folder.resolve("two-rows.csv");
    Files.move(folder.resolve("train.csv"), twoRows);
    JobSettings next = fruit("train.epochs=1", "data.train.path=\"" + twoRows + "\"");
    TestJobs.train(next, "next", new TrainJob.Options(false, Optional.of("first"))).run();
    assertThat(encodings("next")).isEqualTo(encodings("first"));
  }

  /**
   * Returns what a run's encodings.json says, without the background rows, which each run draws.
   */
  private TableEncoder encodings(String run) throws IOException {
    String file = "runs/" + run + "/encodings.json";
    return EncodingsJson.parse(Files.readAllBytes(folder.resolve(file)), file)
        .withBackground(List.of());
  }

  @Test
  void unknownCategoryIsAnErrorOrTakesTheExtraInput() throws IOException {
    JobSettings settings = fruit("train.epochs=1");
    train(settings, "strict");
    Path test = csv("test.csv", "color,long,kind,name", Stream.of("mauve,0,apple,z"));
    assertThatThrownBy(() -> TestJobs.evaluate(settings, "strict-test", "strict").run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            test
                + ", id z: column color is \"mauve\", which is none of the 3 values in training"
                + " (green, red, yellow); train with data.columns.handle-unknown = extra-column;"
                + " correct the data, or leave such rows out with data.bad-rows = skip");
    JobSettings withExtraColumn =
        fruit("data.columns.handle-unknown=extra-column", "network.input=[5]", "train.epochs=1");
    train(withExtraColumn, "open");
    assertThat(TestJobs.evaluate(withExtraColumn, "open-test", "open").run().message())
        .contains(
            " of 1 correct), "); // read without an error; the extra input has its initial weights
  }

  @Test
  void classWeightsGiveBothClassesTheSameTotalWeight() throws IOException {
    csv("train.csv", "a,y", IntStream.range(0, ROWS).mapToObj(i -> "0," + (i < 4 ? 1 : 0)));
    String[] biasOnly = {
      "data.columns { label = y, features = [a] }",
      "network { input = [1], layers = [ { dense = 1, activation = linear } ], loss = mse }",
      "network.optimizer { name = sgd, learning-rate = 0.2 }",
      "train.epochs=20"
    };
    train(settings(biasOnly), "plain");
    // The best constant is the mean, 4 / 40; weighted, the mean of the two classes.
    assertThat(number(table("plain", "epochs", "epoch").get(19), "train_loss"))
        .isCloseTo(0.1 * 0.9, within(1e-6));
    List<String> weighted = new ArrayList<>(Arrays.asList(biasOnly));
    weighted.add("data.balance=class-weights");
    train(settings(weighted.toArray(String[]::new)), "weighted");
    Row last = table("weighted", "epochs", "epoch").get(19);
    assertThat(number(last, "train_loss")).isCloseTo(0.5 * 0.5, within(1e-6));
    assertThat(last.<Long>getAs("examples")).isEqualTo(ROWS);
    assertThat(Files.readString(folder.resolve("runs/weighted/run.json")).replaceAll("\\s+", ""))
        .contains(
            "\"training_classes\":{\"balance\":\"class-weights\",\"before\":[36,4],"
                + "\"weights\":[0.5555555555555556,5]}");
    assertThat(train(settings(weighted.toArray(String[]::new)), "weighted").message())
        .startsWith("run weighted is finished already");
  }

  @Test
  void balancingAndAugmentationAreRefusedForRegression() throws IOException {
    csv("train.csv", "a,y", Stream.of("1,0", "2,1"));
    String[] regression = {
      "network { input = [1], layers = [ { dense = 1, activation = linear } ], loss = mse }",
      "data.columns.targets=[y]"
    };
    assertThatThrownBy(
            () -> train(settings(regression[0], regression[1], "data.balance=class-weights"), "no"))
        .hasMessage(
            "data.balance needs classes to balance, but data.columns names targets; set"
                + " data.balance = none");
    assertThatThrownBy(
            () -> train(settings(regression[0], regression[1], "train.augment.shift=1"), "no"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "train.augment requires images with one byte per pixel, but "
                + folder.resolve("train.csv")
                + " has other features; leave train.augment out");
    assertThat(folder.resolve("runs/no")).doesNotExist();
  }
}
