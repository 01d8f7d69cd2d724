package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.CapturedLog;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.ml.MeanfieldClassifier;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.Level;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a command reads all settings. */
class SettingsReadIT {
  @TempDir private Path folder;

  private static long reads(Callable<?> command) throws Exception {
    try (CapturedLog log = CapturedLog.of(JobSettings.class, Level.DEBUG)) {
      command.call();
      return log.messages().stream().filter("all settings are read"::equals).count();
    }
  }

  @Test
  void trainReadsThemOnceAndDerivesOnce() throws Exception {
    Path csv = Files.writeString(folder.resolve("a.csv"), "x,y\n" + "1,0\n2,1\n".repeat(20));
    List<String> assignments =
        List.of(
            "run.directory = \"" + folder.resolve("runs") + "\"",
            "data { format = csv, train.path = \"" + csv + "\", columns.label = y }",
            "train.epochs = 1");
    assertThat(reads(() -> TestJobs.train(JobSettings.load(List.of(), assignments), "r").run()))
        .isEqualTo(2);
  }

  @Test
  void fitReadsThemOnceAndDerivesOnce() throws Exception {
    Dataset<Row> frame =
        LocalSpark.session()
            .range(60)
            .selectExpr("id % 2 label", "double(id) a", "string(id % 3) b");
    MeanfieldClassifier classifier =
        new MeanfieldClassifier().setFeaturesCols(new String[] {"*"}).setMaxIter(1);
    assertThat(reads(() -> classifier.fit(frame))).isEqualTo(2);
    classifier.setCheckpointDir(folder.toString()).setRunId("night");
    assertThat(reads(() -> classifier.fit(frame))).isEqualTo(2);
  }

  // The files and the network that a night finds are settings, too.
  @Test
  void nightReadsThemAgainWithWhatItFinds() throws Exception {
    StepData data = new StepData(folder);
    data.writeTestExamples();
    data.arrive("2026-01-01");
    assertThat(reads(() -> retrain(data, "2026-01-01"))).isEqualTo(3);
    data.arrive("2026-01-02");
    assertThat(reads(() -> retrain(data, "2026-01-02"))).isEqualTo(3);
  }

  private Outcome retrain(StepData data, String date) {
    JobSettings settings =
        data.settings(folder.resolve("runs").toString(), folder.resolve("models").toString());
    RetrainOptions options = new RetrainOptions(LocalDate.parse(date), false, false);
    return new RetrainJob(TestJobs.context(settings, date), options, new TrainingListener() {})
        .run();
  }
}
