package io.meanfield.pipeline.train;

import io.meanfield.pipeline.run.ExecutorKernels;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pretrain.Pretraining;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.History;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps the epochs of a training as checkpoints of its run. */
final class EpochsInRun implements EpochStore, AutoCloseable {
  private final RunDirectory run;
  private final EarlyStopping earlyStopping;
  private final Checkpoints checkpoints;
  private final EpochMeasuring measuring;

  EpochsInRun(JobContext job, RunDirectory run) {
    this.run = run;
    this.earlyStopping = job.settings().train().earlyStopping();
    this.checkpoints = new Checkpoints(run, job.settings().run().keepCheckpoints(), earlyStopping);
    this.measuring = new EpochMeasuring(job.measurements(), earlyStopping.monitor());
    job.interruption().finishFirst(checkpoints::finish);
  }

  @Override
  public void loaded(List<ExecutorKernels> executors) {
    ExecutorKernels.record(run, executors);
  }

  @Override
  public Optional<TrainingState> resume(History history, TrainingListener progress) {
    Optional<TrainingState> resumed = checkpoints.resume();
    resumed.ifPresent(
        state -> {
          checkpoints.replay(history);
          checkpoints.replay(measuring);
          progress.resumed(checkpoints.epochs());
        });
    return resumed;
  }

  @Override
  public void pretrained(Pretraining pretraining) {
    pretraining.write(run);
  }

  @Override
  public List<TrainingListener> listeners() {
    return List.of(checkpoints, measuring);
  }

  @Override
  public TrainingState chosen(TrainingState last) {
    checkpoints.awaitWrites();
    return earlyStopping.isOn() ? checkpoints.best() : last;
  }

  /** Returns for how long training has waited for checkpoints. */
  Duration waited() {
    return checkpoints.waited();
  }

  @Override
  public void close() {
    checkpoints.close();
  }
}
