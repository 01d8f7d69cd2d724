package io.meanfield.tracking;

/**
 * A quantity that runs report.
 *
 * @param name in snake case; Prometheus shows it with the prefix {@code meanfield_}
 * @param help one sentence about its meaning and unit
 */
public record Gauge(String name, String help) {
  static final Gauge STARTED =
      new Gauge(
          "run_started_timestamp_seconds", "Unix time at which the last attempt of the run began.");
  static final Gauge FINISHED =
      new Gauge("run_finished_timestamp_seconds", "Unix time at which the run ended.");

  /** The duration of a run; while it runs, the time since its start. */
  static final Gauge DURATION =
      new Gauge("run_duration_seconds", "Duration of the last attempt of the run.");

  static final Gauge PART_DURATION =
      new Gauge(
          "run_part_duration_seconds",
          "Duration of a part of the last attempt of a training, from the start of Java on.");
  static final Gauge EXIT_CODE =
      new Gauge("run_exit_code", "Exit code of the run; 0 and 99 are success.");
  static final Gauge SUCCEEDED =
      new Gauge("run_succeeded", "1 if the run succeeded, with exit code 0 or 99, else 0.");
  static final Gauge EPOCH =
      new Gauge("epoch", "Epoch whose weights the model has, counted from 1.");
  static final Gauge THRESHOLD =
      new Gauge(
          "threshold",
          "Smallest output of class 1 from which the model predicts it, of two classes.");
  static final Gauge EPOCHS = new Gauge("epochs", "Epochs trained in all attempts of the run.");
  static final Gauge EXAMPLES_PER_SECOND =
      new Gauge(
          "examples_per_second",
          "Examples trained in a second, over all epochs of the run, validation included.");
  static final Gauge DRIFT =
      new Gauge(
          "drift_psi",
          "Population stability index of a column of the data against the champion's training"
              + " data.");
  static final Gauge PROMOTED =
      new Gauge("promoted", "1 if the run made its model the champion, else 0.");
  static final Gauge VERSION =
      new Gauge("model_version", "Version of the model that the run registered.");
  static final Gauge CHAMPION =
      new Gauge("champion_version", "Version that was the champion when the run ended.");
  static final Gauge CHAMPION_SINCE =
      new Gauge(
          "champion_since_timestamp_seconds",
          "Unix time of the promotion or roll-back that made the champion the champion.");

  /** Returns the gauge of a metric of the model. */
  static Gauge ofMetric(String name) {
    return new Gauge(name, "Metric " + name + " of the model on a data set.");
  }
}
