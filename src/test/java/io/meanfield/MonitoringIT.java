package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.store.RunId;
import io.meanfield.tracking.mlflow.RecordingMlflow;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training shows in Spark's metrics while it runs, and what it reports at its end. */
class MonitoringIT {
  private static final Map<String, String> SINKS =
      Map.of(
          "spark.ui.enabled",
          "true",
          "spark.ui.port",
          "0",
          "spark.metrics.conf.*.sink.prometheusServlet.class",
          "org.apache.spark.metrics.sink.PrometheusServlet",
          "spark.metrics.conf.*.sink.prometheusServlet.path",
          "/metrics/prometheus",
          "spark.metrics.conf.*.sink.jmx.class",
          "org.apache.spark.metrics.sink.JmxSink");

  @TempDir private Path folder;

  @BeforeEach
  void writeExamples() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    IntStream.range(0, 200).forEach(i -> lines.add(i / 200.0 + "," + (i < 100 ? 0 : 1)));
    Files.write(folder.resolve("train.csv"), lines);
  }

  private JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "data { format = csv, validation-fraction = 0.25, columns.label = y }",
                "data.train.path=\"" + folder.resolve("train.csv") + "\"",
                "network { layers = [ { dense = 1, activation = sigmoid } ] }",
                "network { loss = binary_crossentropy, optimizer { name = sgd } }",
                "train { workers = 2, batch-size = 10, epochs = 3 }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private static Outcome train(
      SparkSession spark, String id, JobSettings settings, TrainingListener listener) {
    JobContext job = new JobContext(spark, settings, new RunId(id), new Interruption());
    return new TrainJob(job, TrainJob.Options.NONE, listener).run();
  }

  private Outcome train(String id, String... more) {
    return train(LocalSpark.session(), id, settings(more), new TrainingListener() {});
  }

  /** Reads the gauges of the driver after every epoch. */
  private static final class Scraper implements TrainingListener {
    private final String url;
    final List<Map<String, Double>> scraped = new ArrayList<>();
    final List<Map<String, Object>> beans = new ArrayList<>();

    Scraper(SparkSession spark) {
      this.url = spark.sparkContext().uiWebUrl().get() + "/metrics/prometheus/";
    }

    @Override
    public void epochEnded(EpochResult epoch, TrainingState state) {
      try {
        scraped.add(scrape());
        beans.add(jmx());
      } catch (IOException | InterruptedException | JMException e) {
        throw new AssertionError(e);
      }
    }

    // Such as metrics_local_1767582000_driver_meanfield_epochs_Value{type="gauges"} 1.0
    private Map<String, Double> scrape() throws IOException, InterruptedException {
      Map<String, Double> values = new TreeMap<>();
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.contains("_driver_meanfield_") && line.contains("_Value{"))
          .forEach(
              line ->
                  values.put(
                      line.replaceAll(".*_driver_meanfield_(.*)_Value\\{.*", "$1"),
                      Double.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
      return values;
    }

    private static Map<String, Object> jmx() throws JMException {
      var server = ManagementFactory.getPlatformMBeanServer();
      Map<String, Object> values = new LinkedHashMap<>();
      for (ObjectName bean : server.queryNames(new ObjectName("metrics:*"), null)) {
        String name = bean.getKeyProperty("name");
        if (name.contains(".driver.meanfield.")) {
          values.put(name.substring(name.lastIndexOf('.') + 1), server.getAttribute(bean, "Value"));
        }
      }
      return values;
    }
  }

  @Test
  void servletAndJmxShowARunWhileItRuns() throws IOException {
    try (SparkSession spark = LocalSpark.on("local[2]", SINKS)) {
      train(spark, "before", settings("train.epochs=1"), new TrainingListener() {});
      Scraper scraper = new Scraper(spark);
      Outcome outcome = train(spark, "watched", settings(), scraper);
      assertThat(scraper.scraped)
          .extracting(gauges -> gauges.get("epochs"))
          .containsExactly(1.0, 2.0, 3.0);
      Map<String, Double> last = scraper.scraped.get(2);
      assertThat(last)
          .containsOnlyKeys(
              "epochs",
              "examples_per_second",
              "run_duration_seconds",
              "run_started_timestamp_seconds",
              "train_accuracy",
              "train_loss",
              "validation_accuracy",
              "validation_loss");
      assertThat(last.get("validation_loss"))
          .isEqualTo(outcome.result().metrics().get("validation_loss"));
      assertThat(last.get("run_duration_seconds")).isPositive();
      assertThat(scraper.beans.get(2))
          .containsEntry("epochs", 3.0)
          .containsEntry("validation_loss", last.get("validation_loss"));
    }
  }

  @Test
  void trackingServerGetsTheRunAndChangesNoBit() throws IOException {
    Optional<String> untracked = train("untracked").result().weightsSha256();
    try (RecordingMlflow mlflow = RecordingMlflow.start()) {
      Outcome tracked = train("tracked", "tracking.mlflow.uri=\"" + mlflow.uri() + "\"");
      assertThat(tracked.result().weightsSha256()).isEqualTo(untracked);
      assertThat(mlflow.violations()).isEmpty();
      assertThat(mlflow.experiments()).containsExactly("meanfield");
      RecordingMlflow.Run run = mlflow.runs().get(0);
      assertThat(run.states()).containsExactly("FINISHED");
      assertThat(run.params())
          .containsEntry("train.batch-size", "10")
          .containsEntry("seed", "777")
          .containsKey("data.train.fingerprint");
      assertThat(run.points("validation_loss"))
          .extracting(RecordingMlflow.Point::step)
          .containsExactly(1L, 2L, 3L);
      assertThat(run.points("validation_loss").get(2).value())
          .isEqualTo(tracked.result().metrics().get("validation_loss"));
    }
  }
}
