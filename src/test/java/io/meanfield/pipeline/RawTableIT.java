package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.meanfield.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains on a table as it is: columns of very different scales, gaps, times, truth values,
 * categories, and few examples of class 1.
 */
class RawTableIT {
  private static final String HEADER =
      "account,revenue,rate,opened,active,plan,note_1,note_2,churned";
  private static final List<String> PLANS = List.of("basic", "free", "gold");

  @TempDir private Path folder;

  /** Returns a row whose class depends on each of its columns but the notes. */
  private static String row(int id, Random random) {
    double revenue = Math.exp(12 + 2 * random.nextGaussian());
    double rate = 1e-4 * (1 + random.nextDouble());
    LocalDateTime opened =
        LocalDateTime.of(2019, 1, 1, 0, 0).plusMinutes(random.nextInt(4 * 365 * 1440));
    boolean active = random.nextBoolean();
    String plan = PLANS.get(random.nextInt(3));
    double score =
        1.2 * (Math.log(revenue) - 12)
            + 3e4 * (rate - 1.5e-4)
            + 1.5 * Math.cos(2 * Math.PI * opened.getHour() / 24)
            + (active ? -1 : 1)
            + (plan.equals("gold") ? -1.5 : 0);
    boolean churned = score + random.nextGaussian() > 4.2;
    return String.join(
        ",",
        "k" + id,
        random.nextInt(8) == 0 ? "" : String.format(Locale.ROOT, "%.2f", revenue),
        Double.toString(rate),
        random.nextInt(20) == 0 ? "NA" : opened.toString(),
        Boolean.toString(active),
        random.nextInt(30) == 0 ? "" : plan,
        "text " + id,
        "more",
        churned ? "1" : "0");
  }

  private Path csv(String name, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of(HEADER));
    IntStream.range(0, rows).forEach(id -> lines.add(row(id, random)));
    return Files.write(folder.resolve(name), lines);
  }

  private JobSettings settings(String... more) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data.format = csv");
    all.add("data.train.path=\"" + folder.resolve("train.csv") + "\"");
    all.add("data.test.path=\"" + folder.resolve("test.csv") + "\"");
    all.add("data.columns { id = account, label = churned, categorical = [plan] }");
    all.add("data.columns.exclude = [\"note_*\"]");
    all.add("network.layers=[{dense = 16, activation = relu}, {dense = 1, activation = sigmoid}]");
    all.add("network { loss = binary_crossentropy, optimizer.learning-rate = 0.01 }");
    all.add("train { workers = 2, epochs = 10, batch-size = 32 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Row table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve("runs").resolve(run).resolve("tables").resolve(name).toString())
        .first();
  }

  @Test
  void tableAsItIsTrainsAGoodModelWithDefaults() throws IOException {
    csv("train.csv", 4_000, 1);
    csv("test.csv", 2_000, 2);
    JobSettings settings = settings();
    TestJobs.train(settings, "model").run();
    Outcome outcome = TestJobs.evaluate(settings, "scores", "model").evaluate();
    assertThat(table("scores", "evaluation").<Double>getAs("roc_auc_macro")).isGreaterThan(0.9);
    assertThat(outcome.notes())
        .singleElement()
        .asString()
        .matches(
            "column plan: in \\d+ of 2000 examples the category is missing or was not in training"
                + " \\(basic, free, gold\\); one input stands for all of them");
    assertThat(Files.readString(folder.resolve("runs/model/encodings.json")))
        .contains("\"schema_version\" : 2", "\"column\" : \"revenue\"", "\"log\" : true");
  }

  @Test
  void numbersOfDifferentScalesThatAreNotScaledAreNoted() throws IOException {
    csv("train.csv", 300, 1);
    String plain = "data.columns { features = [revenue, rate], impute = mean, log = none }";
    JobSettings settings = settings(plain, "data.columns.exclude = []", "train.epochs = 1");
    assertThat(TestJobs.train(settings, "scaled").run().notes())
        .noneMatch(note -> note.contains("scale"));
    JobSettings unscaled =
        settings(plain, "data.columns { exclude = [], scale = none }", "train.epochs = 1");
    assertThat(TestJobs.train(unscaled, "unscaled").run().notes())
        .anyMatch(
            note ->
                note.matches(
                    "columns have very different scales, such as rate \\(range 9\\.\\d+e-05\\) and"
                        + " revenue \\(range .*\\), and are not scaled, so that a network learns"
                        + " badly from them; set data.columns.scale = standard"));
  }

  @Test
  void parquetTableHasTheInputsOfTheSameCsvTable() throws IOException {
    csv("train.csv", 600, 1);
    Path test = csv("test.csv", 50, 2);
    TestJobs.train(settings("train.epochs = 1"), "model").run();
    TestJobs.evaluate(settings(), "of-csv", "model").predict();
    SparkSession spark = LocalSpark.session();
    spark
        .read()
        .option("header", true)
        .option("nullValue", "NA")
        .schema(
            "account string, revenue double, rate double, opened timestamp_ntz, active boolean,"
                + " plan string, note_1 string, note_2 string, churned int")
        .csv(test.toString())
        .repartition(3)
        .write()
        .parquet(folder.resolve("test.parquet").toString());
    JobSettings parquet =
        settings(
            "data.format = parquet", "data.test.path=\"" + folder.resolve("test.parquet") + "\"");
    TestJobs.evaluate(parquet, "of-parquet", "model").predict();
    assertThat(fingerprint("of-parquet")).isEqualTo(fingerprint("of-csv"));
  }

  private String fingerprint(String run) {
    return ConfigFactory.parseFile(folder.resolve("runs/" + run + "/run.json").toFile())
        .getString("data.test.fingerprint");
  }
}
