package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.DataSplit;
import io.meanfield.pipeline.score.PrepareJob;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a table with a column of forty categories and the days as categories. */
class EmbeddedColumnsIT {
  private static final String LAYER = "column-embeddings";

  @TempDir private Path folder;

  private Path csv(String name, int rows, long seed, String unknown) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("day,distance,origin,carrier,delay"));
    for (int row = 0; row < rows; row++) {
      int origin = random.nextInt(40);
      double delay = origin % 7 + random.nextGaussian() / 4;
      lines.add(
          String.join(
              ",",
              LocalDate.of(2020, 1, 1).plusDays(random.nextInt(10)).toString(),
              Integer.toString(random.nextInt(2_000)),
              row < 3 ? unknown : "A" + (10 + origin),
              random.nextBoolean() ? "x" : "y",
              String.format(Locale.ROOT, "%.3f", delay)));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data.format = csv");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("data.columns { targets = [delay], categorical = [carrier, origin] }");
    all.add("data.columns { embedding-size.origin = 4, dates.categorical = true }");
    all.add("network.layers=[{dense = 16, activation = relu}, {dense = 1, activation = linear}]");
    all.add("network { loss = mse, optimizer.learning-rate = 0.02 }");
    all.add("train { workers = 2, epochs = 2, batch-size = 16 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Config run(String name) {
    return ConfigFactory.parseFile(folder.resolve("runs/" + name + "/run.json").toFile());
  }

  @Test
  void embeddedColumnsAreTrainedContinuedAndApplied() throws IOException {
    csv("train.csv", 1_000, 1, "A10");
    csv("test.csv", 300, 2, "Z");
    Outcome two = TestJobs.train(settings(), "model").run();
    Config network = run("model").getConfig("settings.network");
    // Ten days, and one code for all others.
    assertThat(network.getConfigList("layers").get(0))
        .isEqualTo(ConfigFactory.parseString(LAYER + " = [7, 4], categories = [11, 41]"));
    // Days, sine and cosine of two parts, weekdays and months, distance, three codes of carrier,
    // and
    // two indices.
    assertThat(network.getIntList("input")).containsExactly(5 + 7 + 12 + 1 + 3 + 2);
    assertThat(Files.readString(folder.resolve("runs/model/encodings.json")))
        .contains("\"schema_version\" : 1", "\"categories\" : 41");

    TestJobs.train(settings("train.epochs = 1"), "longer").run();
    TrainJob.Options extend = new TrainJob.Options(true, Optional.empty());
    assertThat(TestJobs.weights(TestJobs.train(settings(), "longer", extend).run()))
        .isEqualTo(TestJobs.weights(two));

    Outcome scores = TestJobs.evaluate(settings(), "scores", "model").run();
    assertThat(scores.notes())
        .containsExactly(
            "column origin: in 3 of 300 examples the category is missing or was at most once in"
                + " training (Z); one code represents all of them");

    // The columns of the model are embedded, whatever the settings of the next training are.
    TrainJob.Options from = new TrainJob.Options(false, Optional.of("model"));
    TestJobs.train(settings("data.columns.embed-above = none", "train.epochs = 1"), "next", from)
        .run();
    assertThat(run("next").getConfigList("settings.network.layers").get(0).hasPath(LAYER)).isTrue();
  }

  @Test
  void preparedExamplesHoldTheIndicesAndTrainTheSameModel() throws IOException {
    csv("train.csv", 300, 1, "A10");
    JobSettings settings = settings("train.epochs = 1");
    new PrepareJob(TestJobs.context(settings, "rows"), DataSplit.TRAIN, Optional.empty()).run();
    JobSettings prepared =
        settings("train.epochs = 1", "data.format = prepared", "data.train.name = rows");
    assertThat(TestJobs.weights(TestJobs.train(prepared, "of-rows").run()))
        .isEqualTo(TestJobs.weights(TestJobs.train(settings, "of-csv").run()));
  }
}
