package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareJobIT {
  @TempDir private Path folder;

  private JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(List.of("run.page=none", "run.directory=\"" + folder + "\""));
    all.add("data.columns { scale = none, log = none, impute = refuse, handle-unknown = error }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static Outcome prepare(
      JobSettings settings, String id, DataSplit split, Optional<String> encoderSource) {
    return new PrepareJob(TestJobs.context(settings, id), split, encoderSource).run();
  }

  private static Outcome train(JobSettings settings, String id) {
    return TestJobs.train(settings, id).run();
  }

  private Config json(String run, String file) throws IOException {
    return ConfigFactory.parseString(Files.readString(folder.resolve(run).resolve(file)));
  }

  @Test
  void trainingOnPreparedDigitsIsBitIdentical() throws IOException {
    String files = Mnist.setting("train", Mnist.first(2_000));
    Outcome outcome = prepare(settings(files), "digits", DataSplit.TRAIN, Optional.empty());
    assertThat(outcome.message()).isEqualTo("prepared 2000 examples of 784 inputs");
    assertThat(prepare(settings(files), "digits", DataSplit.TRAIN, Optional.empty()).message())
        .isEqualTo("run digits is finished already: " + outcome.message());

    Outcome prepared =
        train(
            settings(
                "data { format = prepared, train.name = digits, test.name = x }", "train.epochs=1"),
            "from-prepared");
    assertThat(TestJobs.weights(prepared))
        .isEqualTo(TestJobs.weights(train(settings(files, "train.epochs=1"), "from-idx")));
    assertThat(json("from-prepared", "run.json").getString("data.train.fingerprint"))
        .isEqualTo(json("from-idx", "run.json").getString("data.train.fingerprint"))
        .isEqualTo(json("digits", "dataset.json").getString("fingerprint"));
  }

  private static final String FRUIT =
      "network { input = [3], layers = [ { dense = 2, activation = softmax } ] }";

  private JobSettings fruit(String... more) throws IOException {
    Files.writeString(
        folder.resolve("train.csv"), "color,size,kind\nred,4,apple\nred,2,cherry\nblue,1,cherry\n");
    Files.writeString(folder.resolve("test.csv"), "kind,size,color\ncherry,1,red\n");
    List<String> all =
        new ArrayList<>(
            List.of(
                "data { format = csv, validation-fraction = 0 }",
                "data.train.path=\"" + folder + "/train.csv\"",
                "data.test.path=\"" + folder + "/test.csv\"",
                "data.columns { label = kind, categorical = [color] }",
                FRUIT,
                "train { epochs = 20, workers = 1 }",
                "network.optimizer { name = sgd, learning-rate = 0.5 }"));
    all.addAll(Arrays.asList(more));
    return settings(all.toArray(String[]::new));
  }

  @Test
  void testDataArePreparedWithTheEncoderOfTheTrainingData() throws IOException {
    prepare(fruit(), "fruit", DataSplit.TRAIN, Optional.empty());
    prepare(fruit(), "fruit-test", DataSplit.TEST, Optional.of("fruit"));
    prepare(fruit(), "fruit-alone", DataSplit.TEST, Optional.empty());
    JobSettings prepared =
        fruit("data { format = prepared, train.name = fruit, test.name = fruit-test }");
    assertThat(TestJobs.weights(train(prepared, "model")))
        .isEqualTo(TestJobs.weights(train(fruit(), "model-csv")));
    String message = TestJobs.evaluate(prepared, "judged", "model").run().message();
    assertThat(message).startsWith("accuracy 100.00 % (1 of 1 correct), loss ");
    assertThat(TestJobs.evaluate(fruit(), "judged-csv", "model").run().message())
        .isEqualTo(message);

    JobSettings alone =
        fruit("data { format = prepared, train.name = fruit, test.name = fruit-alone }");
    assertThatThrownBy(() -> TestJobs.evaluate(alone, "judged-alone", "model").run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            folder
                + "/fruit-alone was prepared with other columns or values than the data that the"
                + " model was trained on; prepare it with --encodings-from and the id of the"
                + " training run");
  }

  @Test
  void targetsTextIdsAndWeightsSurvivePreparation() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "name,x,y,z,w\nb,1,2,3,1\na,4,5,6,3\n");
    String[] regression = {
      "data.columns { id = name, label = null, targets = [y, z], categorical = [], weight = w }",
      "network { input = [1], layers = [ { dense = 2, activation = linear } ], loss = mse }"
    };
    Files.writeString(folder.resolve("test.csv"), "name,x\nc,1\n");
    JobSettings settings =
        settings(
            "data { format = csv, validation-fraction = 0 }",
            "data.train.path=\"" + folder + "/train.csv\"",
            "data.test.path=\"" + folder + "/test.csv\"",
            regression[0],
            regression[1],
            "train { epochs = 1, workers = 1 }");
    prepare(settings, "line", DataSplit.TRAIN, Optional.empty());
    prepare(settings, "line-test", DataSplit.TEST, Optional.of("line"));
    JobSettings prepared =
        settings(
            "data { format = prepared, train.name = line, test.name = line-test,"
                + " validation-fraction = 0 }",
            "data.columns.weight = w",
            regression[1],
            "train { epochs = 1, workers = 1 }");
    assertThat(TestJobs.weights(train(prepared, "a")))
        .isEqualTo(TestJobs.weights(train(settings, "b")));
    assertThat(json("a", "run.json").getString("data.train.fingerprint"))
        .isEqualTo(json("b", "run.json").getString("data.train.fingerprint"));
    TestJobs.predict(prepared, "guess", "a").run();
    var row = LocalSpark.session().read().parquet(folder + "/guess/tables/predictions").first();
    assertThat(row.<String>getAs("example_key")).isEqualTo("c");
    assertThat(row.isNullAt(row.fieldIndex("predicted"))).isTrue();
    assertThatThrownBy(() -> TestJobs.evaluate(prepared, "judged", "a").run())
        .hasMessage("data.test.name was prepared from data without labels; labels are needed here");
  }

  @Test
  void missingPreparedDataSetIsNamed() throws IOException {
    JobSettings none = settings("data { format = prepared, train.name = none, test.name = none }");
    assertThatThrownBy(() -> train(none, "a"))
        .hasMessage(
            "there is no prepared data set none in "
                + folder
                + "; scripts/submit prepare --run-id none makes one");
    train(fruit("train.epochs=1"), "trained");
    JobSettings other =
        settings("data { format = prepared, train.name = trained, test.name = none }");
    assertThatThrownBy(() -> train(other, "b"))
        .hasMessage(folder + "/trained has no dataset.json; expected a run of the command prepare");
    assertThatThrownBy(() -> prepare(fruit(), "c", DataSplit.TEST, Optional.of("none")))
        .hasMessage(
            "--encodings-from must be the id of a run with encodings.json in "
                + folder
                + ", found none");
  }
}
