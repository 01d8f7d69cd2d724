package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.pipeline.run.Interruption;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.store.RunId;
import io.meanfield.tracking.mlflow.RecordingMlflow;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training reports at its end. */
class MonitoringIT {
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
