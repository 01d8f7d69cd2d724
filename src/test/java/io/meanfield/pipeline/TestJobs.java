package io.meanfield.pipeline;

import io.meanfield.LocalSpark;
import io.meanfield.store.RunId;
import io.meanfield.train.TrainingListener;

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
}
