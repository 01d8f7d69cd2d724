package io.meanfield.bench.scaling;

/**
 * The predicted time of an epoch.
 *
 * @param computingSeconds time of the longest task of every job
 * @param driverCoreSeconds processor time of the driver's host
 * @param driverUpSeconds time in which the driver's link sends
 * @param driverDownSeconds time in which the driver's link receives
 */
public record EpochPrediction(
    double seconds,
    double computingSeconds,
    double driverCoreSeconds,
    double driverUpSeconds,
    double driverDownSeconds) {
  static final EpochPrediction NONE = new EpochPrediction(0, 0, 0, 0, 0);

  /** Returns the time besides the longest tasks, as the trainer measures it. */
  public double synchronisingSeconds() {
    return seconds - computingSeconds;
  }

  /** Returns the share of the epoch besides the longest tasks. */
  public double synchronisingShare() {
    return synchronisingSeconds() / seconds;
  }

  EpochPrediction plus(EpochPrediction other) {
    return new EpochPrediction(
        seconds + other.seconds,
        computingSeconds + other.computingSeconds,
        driverCoreSeconds + other.driverCoreSeconds,
        driverUpSeconds + other.driverUpSeconds,
        driverDownSeconds + other.driverDownSeconds);
  }

  EpochPrediction minus(EpochPrediction other) {
    return plus(other.times(-1));
  }

  EpochPrediction times(double factor) {
    return new EpochPrediction(
        seconds * factor,
        computingSeconds * factor,
        driverCoreSeconds * factor,
        driverUpSeconds * factor,
        driverDownSeconds * factor);
  }

  EpochPrediction withTime(double total, double computing) {
    return new EpochPrediction(
        total, computing, driverCoreSeconds, driverUpSeconds, driverDownSeconds);
  }
}
