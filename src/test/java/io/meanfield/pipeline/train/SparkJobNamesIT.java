package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.ml.MeanfieldClassifier;
import io.meanfield.ml.MeanfieldRegressor;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.sparkui.SparkJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkJobNamesIT {
  @TempDir private Path folder;

  private final SparkContext spark = LocalSpark.session().sparkContext();
  private final NamesListener listener = new NamesListener();

  /** A job as Spark's UI names it. */
  private record NamedJob(String group, String name) {}

  /** Collects the jobs. */
  private static final class NamesListener extends SparkListener {
    private final BlockingQueue<NamedJob> jobs = new LinkedBlockingQueue<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      Properties properties = job.properties();
      jobs.add(
          new NamedJob(
              properties.getProperty("spark.jobGroup.id", "no group"),
              properties.getProperty("spark.job.description", "no name")));
    }

    /** Returns the jobs up to the one with this name, for which it waits. */
    List<NamedJob> until(String name) throws InterruptedException {
      List<NamedJob> found = new ArrayList<>();
      while (true) {
        NamedJob job = jobs.poll(60, TimeUnit.SECONDS);
        assertThat(job).as("jobs until now: " + found).isNotNull();
        if (job.name().equals(name)) {
          return found;
        }
        found.add(job);
      }
    }
  }

  @BeforeEach
  void listen() {
    spark.addSparkListener(listener);
  }

  @AfterEach
  void stopListening() {
    spark.removeSparkListener(listener);
  }

  private JobSettings settings(String... assignments) throws IOException {
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i % 2 == 0 ? -1 : 1).append(',').append(i % 2).append('\n');
    }
    Path csv = Files.writeString(folder.resolve("a.csv"), rows);
    Path test = Files.writeString(folder.resolve("b.csv"), "x,y\n1,1\n-1,0\n2,1\n");
    return JobSettings.load(
        List.of(),
        Stream.concat(
                Stream.of(assignments),
                Stream.of(
                    "run.directory=\"" + folder.resolve("runs") + "\"",
                    "data { format = csv, train.path = \""
                        + csv
                        + "\", test.path = \""
                        + test
                        + "\" }",
                    "data { columns.label = y, validation-fraction = 0.2 }",
                    "network.layers = [ { dense = 2, activation = softmax } ]",
                    "train { epochs = 2, batch-size = 4, workers = 2, sync-frequency = 2 }"))
            .toList());
  }

  private void runJob(String name) {
    SparkJobs.run(spark, name, () -> LocalSpark.context().parallelize(List.of(1)).count());
  }

  /** Returns the names of the jobs of a command. */
  private Set<String> names(String id, String command, Supplier<Outcome> job)
      throws InterruptedException {
    runJob("before " + id);
    SparkJobs.inGroup(spark, id, command, job);
    runJob("after " + id);
    listener.until("before " + id);
    List<NamedJob> jobs = listener.until("after " + id);
    assertThat(jobs).isNotEmpty().allMatch(each -> each.group().equals(id));
    return jobs.stream().map(NamedJob::name).collect(Collectors.toSet());
  }

  @Test
  void everyJobOfARunHasTheNameOfItsPhase() throws Exception {
    JobSettings settings = settings();
    assertThat(names("trained", "train", TestJobs.train(settings, "trained")::run))
        .contains(
            "reading data",
            "building shards",
            "epoch 1, round 1",
            "validation of the model",
            "inspecting the model")
        .containsAnyOf("epochs 1 to 2", "epoch 2, rounds 3 to 4")
        .doesNotContain("no name");
    JobSettings split = settings("train.workers-per-task=1");
    assertThat(names("split", "train", TestJobs.train(split, "split")::run))
        .contains(
            "epoch 1, round 1",
            "epoch 1, round 2",
            "epoch 1, validation",
            "epoch 2, round 3",
            "epoch 2, validation")
        .doesNotContain("no name");
    assertThat(names("tested", "evaluate", TestJobs.evaluate(settings, "tested", "trained")::run))
        .contains("reading data", "predicting and scoring", "writing predictions")
        .doesNotContain("no name");
  }

  /** Returns the Spark jobs of a training that come before its first round. */
  private List<NamedJob> beforeFirstRound(Runnable training) throws InterruptedException {
    runJob("before");
    training.run();
    runJob("after");
    listener.until("before");
    List<NamedJob> jobs = listener.until("epoch 1, round 1");
    listener.until("after");
    return jobs;
  }

  private JobSettings tableSettings(String format, String columns) throws IOException {
    StringBuilder rows = new StringBuilder("id,word,x,y,z\n");
    for (int i = 0; i < 60; i++) {
      rows.append(String.format("%d,%s,%d,%d,%d.5%n", i, "abc".charAt(i % 3), i % 7, i % 2, i));
    }
    Path csv = Files.writeString(folder.resolve("table.csv"), rows);
    Path parquet = folder.resolve("table.parquet");
    LocalSpark.session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(csv.toString())
        .write()
        .mode("overwrite")
        .parquet(parquet.toString());
    return JobSettings.load(
        List.of(),
        List.of(
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "data { format = " + format + ", columns { " + columns + " } }",
            "data.train.path = \"" + (format.equals("csv") ? csv : parquet) + "\"",
            "data.balance = " + (columns.contains("label") ? "class-weights" : "none"),
            "train { epochs = 1, workers = 2 }"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csv     | targets = [z], categorical = [word], id = id    | 4",
        "csv     | targets = [z], categorical = [word], weight = x | 5",
        // What is learned from the training rows needs their order or their groups.
        "parquet | targets = [z], categorical = [word], time = id  | 5",
        "parquet | label = y, categorical = [word], weight = x     | 5", // folds and balance, too
        "parquet | label = y, categorical = [word], group = x      | 6"
      })
  void fewJobsComeBeforeTheFirstRound(String format, String columns, int most) throws Exception {
    JobSettings settings = tableSettings(format, columns);
    assertThat(beforeFirstRound(TestJobs.train(settings, "r")::run)).hasSizeLessThanOrEqualTo(most);
  }

  @Test
  void fewJobsOfAFitComeBeforeTheFirstRound() throws Exception {
    Dataset<Row> frame =
        LocalSpark.session()
            .range(60)
            .selectExpr("double(id % 2) label", "array(double(id), id % 7) features");
    MeanfieldClassifier classifier = new MeanfieldClassifier().setMaxIter(1);
    MeanfieldRegressor regressor = new MeanfieldRegressor().setMaxIter(1);
    assertThat(beforeFirstRound(() -> classifier.fit(frame))).hasSizeLessThanOrEqualTo(4);
    assertThat(beforeFirstRound(() -> regressor.fit(frame))).hasSizeLessThanOrEqualTo(3);
  }
}
