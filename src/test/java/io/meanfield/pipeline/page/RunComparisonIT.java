package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.TestJobs;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonIT {
  @TempDir private Path folder;

  /** Returns settings for rows of x, a line y = x + 1 and a class c. */
  private JobSettings settings(String... more) throws IOException {
    StringBuilder rows = new StringBuilder("x,y,c\n");
    for (int i = 0; i < 40; i++) {
      double x = (i - 20) / 10.0;
      rows.append(x).append(',').append(x + 1).append(',').append(x > 0.5 ? 1 : 0).append('\n');
    }
    Path csv = Files.writeString(folder.resolve("train.csv"), rows);
    Path test = Files.writeString(folder.resolve("test.csv"), "x,y,c\n1,2,1\n0,1,0\n2,3,1\n");
    Stream<String> common =
        Stream.of(
            "run.page=none",
            "run.directory=\"" + folder.resolve("runs") + "\"",
            "data { format = csv, train.path = \"" + csv + "\", test.path = \"" + test + "\" }",
            "train { batch-size = 4, workers = 1 }");
    return JobSettings.load(List.of(), Stream.concat(common, Stream.of(more)).toList());
  }

  private RunDirectory evaluated(String id, JobSettings settings) {
    TestJobs.train(settings, id).run();
    TestJobs.evaluate(settings, id + "-test", id).run();
    return new Runs(new Configuration(), folder.resolve("runs").toString()).named(id + "-test");
  }

  private static RunComparison compare(RunDirectory first, RunDirectory second) {
    return RunComparison.of(List.of(first, second));
  }

  @Test
  void predictionsThatSparkHasWrittenArePaired() throws IOException {
    String classes = "data.columns { features = [x], label = c }";
    String network = "network.layers = [ { dense = 2, activation = softmax } ]";
    PairedTest test =
        compare(
                evaluated("short", settings(classes, network, "train.epochs = 1")),
                evaluated("long", settings(classes, network, "train.epochs = 2")))
            .tests()
            .get(0);
    assertThat(test.reason()).isEmpty();
    assertThat(test.examples()).isEqualTo(3);
    assertThat(test.results())
        .extracting(PairedTest.Result::metric)
        .containsExactly("accuracy", "macro_f1");
  }

  @Test
  void errorsOfARegressionArePaired() throws IOException {
    String numbers = "data.columns { features = [x], targets = [y] }";
    String network = "network { layers = [ { dense = 1, activation = linear } ], loss = mse }";
    RunComparison comparison =
        compare(
            evaluated("near", settings(numbers, network, "train.epochs = 3")),
            evaluated("far", settings(numbers, network, "train.epochs = 1")));
    PairedTest test = comparison.tests().get(0);
    assertThat(test.reason()).isEmpty();
    assertThat(test.results()).extracting(PairedTest.Result::metric).containsExactly("mse", "mae");
    TestPredictions predictions =
        TestPredictions.read(
            new Runs(new Configuration(), folder.resolve("runs").toString()).named("near-test"));
    double mse =
        predictions.rows().stream()
            .mapToDouble(TestPredictions.Row::squaredError)
            .average()
            .orElseThrow();
    assertThat(mse)
        .as("the metric of evaluate, from the table")
        .isEqualTo(test.results().get(0).firstValue(), within(1e-9));
  }
}
