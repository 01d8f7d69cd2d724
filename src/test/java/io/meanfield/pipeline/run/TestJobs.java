package io.meanfield.pipeline.run;

import io.meanfield.LocalSpark;
import io.meanfield.pipeline.score.EvaluateJob;
import io.meanfield.pipeline.score.PredictToRunJob;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.store.RunId;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Creates jobs of tests on the local session. */
public final class TestJobs {
  private TestJobs() {}

  /** Returns the context of a job that is not interrupted. */
  public static JobContext context(JobSettings settings, String id) {
    return new JobContext(LocalSpark.session(), settings, new RunId(id), new Interruption());
  }

  /** Returns a training without a listener. */
  public static TrainJob train(JobSettings settings, String id, TrainJob.Options options) {
    return new TrainJob(context(settings, id), options, new TrainingListener() {});
  }

  /** Returns a new training from random weights without a listener. */
  public static TrainJob train(JobSettings settings, String id) {
    return train(settings, id, TrainJob.Options.NONE);
  }

  /** Returns an evaluation of a model. */
  public static EvaluateJob evaluate(JobSettings settings, String id, String model) {
    return new EvaluateJob(context(settings, id), model);
  }

  /** Returns a prediction with a model into a table of the run. */
  public static PredictToRunJob predict(JobSettings settings, String id, String model) {
    return new PredictToRunJob(context(settings, id), model);
  }

  /** Returns the SHA-256 of the weights that a run has trained, now or earlier. */
  public static String weights(Outcome outcome) {
    return outcome.result().weightsSha256().orElseThrow();
  }

  /** Returns a listener that fails when a round has ended. */
  public static TrainingListener failingAfterRound(int number) {
    return new TrainingListener() {
      @Override
      public void roundEnded(List<RoundRow> workers) {
        if (workers.get(0).round() == number) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  /** Returns the rows of a table of a run in a directory of runs. */
  public static Dataset<Row> table(Path runs, String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(runs.resolve(run).resolve("tables").resolve(name).toString());
  }
}
