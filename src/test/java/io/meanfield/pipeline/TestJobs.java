package io.meanfield.pipeline;

import io.meanfield.LocalSpark;
import io.meanfield.store.RunId;
import io.meanfield.train.TrainingListener;

/** Jobs of tests, on the local session. */
public final class TestJobs {
  private TestJobs() {}

  /** The context of a job that nobody interrupts. */
  public static JobContext context(JobSettings settings, String id) {
    return new JobContext(LocalSpark.session(), settings, new RunId(id), new Interruption());
  }

  /** A training that nobody watches. */
  public static TrainJob train(JobSettings settings, String id, TrainJob.Options options) {
    return new TrainJob(context(settings, id), options, new TrainingListener() {});
  }

  /** A new training from random weights that nobody watches. */
  public static TrainJob train(JobSettings settings, String id) {
    return train(settings, id, TrainJob.Options.NONE);
  }

  /** An evaluation or prediction of a model. */
  public static EvaluateJob evaluate(JobSettings settings, String id, String model) {
    return new EvaluateJob(context(settings, id), model);
  }
}
