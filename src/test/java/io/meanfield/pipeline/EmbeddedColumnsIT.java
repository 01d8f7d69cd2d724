package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.LocalSpark;
import io.meanfield.error.UserException;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a table with a column of forty categories and the day of the year as a category. */
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
              LocalDate.of(2020, 1, 1).plusDays(random.nextInt(366)).toString(),
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
    all.add("data.columns { embedding-size.origin = 4, dates.categorical = [day-of-year] }");
    all.add("network.layers=[{dense = 16, activation = relu}, {dense = 1, activation = linear}]");
    all.add("network { loss = mse, optimizer.learning-rate = 0.02 }");
    all.add("train { workers = 2, epochs = 2, batch-size = 16 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Config run(String name) {
    return ConfigFactory.parseFile(folder.resolve("runs/" + name + "/run.json").toFile());
  }

  private static String weights(Outcome outcome) {
    return outcome.result().weightsSha256().orElseThrow();
  }

  @Test
  void embeddedColumnsAreTrainedContinuedAndApplied() throws IOException {
    csv("train.csv", 1_000, 1, "A10");
    csv("test.csv", 300, 2, "Z");
    Outcome two = TestJobs.train(settings(), "model").run();
    Config network = run("model").getConfig("settings.network");
    // The date has no missing values, but may have some later: 366 + 1 codes.
    assertThat(network.getConfigList("layers").get(0))
        .isEqualTo(ConfigFactory.parseString(LAYER + " = [44, 4], categories = [367, 41]"));
    // Days, sine and cosine of two parts, distance, three codes of carrier, and two indices.
    assertThat(network.getIntList("input")).containsExactly(5 + 1 + 3 + 2);
    assertThat(Files.readString(folder.resolve("runs/model/encodings.json")))
        .contains("\"schema_version\" : 1", "\"categories\" : 41");

    TestJobs.train(settings("train.epochs = 1"), "longer").run();
    TrainJob.Options extend = new TrainJob.Options(true, Optional.empty());
    assertThat(weights(TestJobs.train(settings(), "longer", extend).run())).isEqualTo(weights(two));

    Outcome scores = TestJobs.evaluate(settings(), "scores", "model").run();
    assertThat(scores.notes())
        .containsExactly(
            "column origin: in 3 of 300 examples the category is missing or was not in training"
                + " (A10, A11, A12, A13, A14, …); one code represents all of them");

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
    assertThat(weights(TestJobs.train(prepared, "of-rows").run()))
        .isEqualTo(weights(TestJobs.train(settings, "of-csv").run()));
  }

  @Test
  void parquetTableHasTheExamplesOfTheSameCsvTable() throws IOException {
    Path file = csv("train.csv", 200, 1, "A10");
    String parquet = folder.resolve("train.parquet").toString();
    LocalSpark.session()
        .read()
        .option("header", true)
        .schema("day date, distance double, origin string, carrier string, delay double")
        .csv(file.toString())
        .coalesce(1)
        .write()
        .parquet(parquet);
    // Without ids, the hashes of texts and of numbers divide the rows in other ways.
    String all = "data.validation-fraction = 0";
    JobSettings ofParquet =
        settings(all, "data.format = parquet", "data.train.path=\"" + parquet + "\"");
    assertThat(inputs(ofParquet))
        .containsExactlyInAnyOrderElementsOf(inputs(settings(all)))
        .hasSize(200);
  }

  private static List<List<Float>> inputs(JobSettings settings) {
    TrainingExamples examples =
        TrainingExamples.open(TestJobs.context(settings, "reading"), Optional.empty());
    try {
      return examples.data().blocks().collect().stream()
          .flatMap(
              block ->
                  IntStream.range(0, block.count())
                      .mapToObj(
                          row -> {
                            float[] values = new float[block.width()];
                            block.features().write(row, values, 0);
                            return IntStream.range(0, values.length)
                                .mapToObj(i -> values[i])
                                .toList();
                          }))
          .toList();
    } finally {
      examples.release();
    }
  }

  @Test
  void engineThatCannotEmbedColumnsNamesTheRemedy() throws IOException {
    csv("train.csv", 1_000, 1, "A10");
    JobSettings settings = settings("network.engine = dl4j", "data.columns.dates.categorical = []");
    assertThatThrownBy(() -> TestJobs.train(settings, "model").run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "network.engine = dl4j cannot run this network: network.layers[0] is"
                + " column-embeddings = [4], categories = [41], for which DL4J's MultiLayerNetwork"
                + " has no layer; set it to auto or torch");
  }
}
