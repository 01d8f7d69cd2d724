package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.DataSplit;
import io.meanfield.pipeline.score.ExplainJob;
import io.meanfield.pipeline.score.ExportFormat;
import io.meanfield.pipeline.score.ExportJob;
import io.meanfield.pipeline.score.PrepareJob;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains on a table whose label depends on the words of a text, and on which of two are neighbours.
 */
class TextsIT {
  private static final List<String> GOOD = List.of("lovely", "not bad", "SUPERB", "Größe passt");
  private static final List<String> BAD = List.of("awful", "not good", "BROKEN", "schlecht 👎");

  @TempDir private Path folder;

  private void csv(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("size,note,y"));
    for (int row = 0; row < rows; row++) {
      boolean isGood = random.nextBoolean();
      List<String> words = new ArrayList<>();
      for (int word = 4 + random.nextInt(12); word > 0; word--) {
        words.add(random.nextInt(50) == 0 ? "bad food" : "w" + random.nextInt(60));
      }
      List<String> own = isGood ? GOOD : BAD;
      words.add(random.nextInt(words.size()), own.get(random.nextInt(own.size())));
      lines.add(
          random.nextInt(100)
              + ",\""
              + String.join(random.nextBoolean() ? " " : "<br/> ", words)
              + "\","
              + (isGood ? "yes" : "no"));
    }
    Files.write(folder.resolve(name), lines);
  }

  @BeforeEach
  void writeTables() throws IOException {
    csv("train.csv", 1_500, 1);
    csv("test.csv", 400, 2);
  }

  private JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data.format = csv");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("data.columns.label = y");
    all.add("network.layers=[{dense = 8, activation = relu}, {dense = 1, activation = sigmoid}]");
    all.add("network.optimizer.learning-rate = 0.02");
    all.add("train { workers = 2, epochs = 3, batch-size = 16 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private String layer(String model) {
    return ConfigFactory.parseFile(folder.resolve("runs/" + model + "/run.json").toFile())
        .getConfigList("settings.network.layers")
        .get(0)
        .root()
        .unwrapped()
        .toString();
  }

  private double accuracy(String model) {
    TestJobs.evaluate(settings(), model + "-test", model).run();
    return TestJobs.table(folder.resolve("runs"), model + "-test", "evaluation")
        .select("accuracy")
        .first()
        .getDouble(0);
  }

  @Test
  void wordsAreLearnedContinuedAndApplied() throws IOException {
    Outcome three = TestJobs.train(settings(), "model").run();
    assertThat(accuracy("model")).isGreaterThan(0.97);
    List<Row> columns =
        TestJobs.table(folder.resolve("runs"), "model", "columns")
            .filter("column = 'note'")
            .collectAsList();
    assertThat(columns).hasSize(1);
    assertThat(columns.get(0).<String>getAs("role")).isEqualTo("text");
    assertThat(Files.readString(folder.resolve("runs/model/encodings.json")))
        .contains("\"not good\"", "\"größe passt\"", "\"👎\"")
        .doesNotContain("\"br\"", "SUPERB");

    TestJobs.train(settings("train.epochs = 1"), "longer").run();
    TrainJob.Options extend = new TrainJob.Options(true, Optional.empty());
    assertThat(TestJobs.weights(TestJobs.train(settings(), "longer", extend).run()))
        .isEqualTo(TestJobs.weights(three));

    // The words of the model are used, whatever the words of the next training data are.
    csv("train.csv", 100, 3);
    TrainJob.Options from = new TrainJob.Options(false, Optional.of("model"));
    TestJobs.train(settings("train.epochs = 1"), "next", from).run();
    assertThat(layer("next")).isEqualTo(layer("model")).contains("bags");
    assertThat(accuracy("next")).isGreaterThan(0.97);
  }

  @Test
  void explanationNamesTheWordsThatDecide() throws IOException {
    Files.writeString(
        folder.resolve("test.csv"),
        "size,note,y\n7,w1 w2 lovely w3 w4,yes\n8,w5 w6 not good w7,no\n9,w5 zzz,no\n");
    TestJobs.train(settings("data.columns.exclude = [size]"), "model").run();
    JobSettings settings = settings("data.columns { id = size, exclude = [size] }");
    List<String> lines =
        new ExplainJob(LocalSpark.session(), settings, "model").lines(List.of("7", "8", "9"));
    List<String> words =
        lines.stream().filter(line -> line.startsWith("  words of note: ")).toList();
    assertThat(words).as(lines.toString()).hasSize(3);
    assertThat(words.get(0)).startsWith("  words of note: lovely +").contains(", w1 ");
    // Its pairs go with a word.
    assertThat(words.get(1)).matches("  words of note: (not|good) -.*, (good|not) [-+].*");
    assertThat(words.get(2)).contains("w5").doesNotContain("zzz");
  }

  @Test
  void tableWithoutTheTextTellsNothing() {
    TestJobs.train(settings("data.columns.exclude = [note]"), "without").run();
    assertThat(accuracy("without")).isLessThan(0.65);
  }

  @Test
  void anyNumberOfCoresAndPreparedExamplesGiveTheSameModel() {
    JobSettings settings = settings("train.epochs = 1");
    String weights = TestJobs.weights(TestJobs.train(settings, "two-cores").run());
    new PrepareJob(TestJobs.context(settings, "rows"), DataSplit.TRAIN, Optional.empty()).run();
    JobSettings prepared =
        settings("train.epochs = 1", "data.format = prepared", "data.train.name = rows");
    assertThat(TestJobs.weights(TestJobs.train(prepared, "of-rows").run())).isEqualTo(weights);
    JobSettings parts = settings("train.epochs = 1");
    LocalSpark.session().conf().set("spark.sql.files.maxPartitionBytes", "9000");
    try {
      assertThat(TestJobs.weights(TestJobs.train(parts, "many-parts").run())).isEqualTo(weights);
    } finally {
      LocalSpark.session().conf().unset("spark.sql.files.maxPartitionBytes");
    }
  }

  @Test
  void exportedModelTakesTheNumbersOfTheWords() {
    TestJobs.train(settings("train.epochs = 1"), "model").run();
    String out = folder.resolve("model.onnx").toString();
    // The export compares the graph with the model on the rows of the test set.
    Outcome outcome =
        new ExportJob(
                TestJobs.context(settings(), "onnx"),
                new ExportJob.Options("model", out, ExportFormat.ONNX, false))
            .export();
    assertThat(folder.resolve("model.onnx")).exists();
    assertThat(outcome.notes())
        .containsExactly(
            "column note has texts, which ONNX cannot split into words: its input takes the numbers"
                + " of the words in encodings.json, from 1, and 0 after the last");
  }

  @Test
  void engineWithoutBagsIsRefused() {
    JobSettings settings = settings("network.engine = dl4j", "network.preset = none");
    assertThatThrownBy(() -> TestJobs.train(settings, "dl4j").run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column-embeddings");
  }
}
