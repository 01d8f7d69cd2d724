package io.meanfield.pipeline.train;

import io.meanfield.tracking.Measurements;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.Monitor;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.Optional;

/** Records the results of every epoch among the measurements of the run. */
public final class EpochMeasuring implements TrainingListener {
  private final Measurements measurements;
  private final Monitor monitor;
  private long examples;
  private double seconds;

  public EpochMeasuring(Measurements measurements, Monitor monitor) {
    this.measurements = measurements;
    this.monitor = monitor;
  }

  @Override
  public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
    examples += epoch.examples();
    seconds += epoch.seconds();
    measurements.epochEnded(epoch.epoch(), TrainSummary.scores(epoch, monitor), examples / seconds);
  }
}
