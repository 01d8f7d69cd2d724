package io.meanfield.cli;

import io.meanfield.report.ReadableNumber;
import io.meanfield.train.EpochResult;
import java.util.Locale;

/** The line that people see for each completed epoch. */
final class EpochLine {
  private EpochLine() {}

  /**
   * Returns the line of an epoch.
   *
   * @param epochs the number of epochs that are planned
   */
  static String of(EpochResult epoch, int epochs) {
    return String.format(
        Locale.ROOT,
        "epoch %3d/%d  %s  %.2f s",
        epoch.epoch(),
        epochs,
        summary(epoch),
        epoch.seconds());
  }

  /** Returns the line of an epoch of {@code play}, which ends with an evaluation. */
  static String ofPlay(EpochResult epoch, int epochs) {
    String returned =
        epoch
            .scores()
            .monitored()
            .map(mean -> String.format(Locale.ROOT, "  mean return %.2f", mean))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "epoch %3d/%d  loss %.4f%s  %.2f s",
        epoch.epoch(),
        epochs,
        epoch.trainLoss(),
        returned,
        epoch.seconds());
  }

  private static String summary(EpochResult epoch) {
    StringBuilder summary = new StringBuilder("loss " + ReadableNumber.fixed(epoch.trainLoss()));
    epoch
        .trainAccuracy()
        .ifPresent(
            acc -> summary.append(String.format(Locale.ROOT, "  accuracy %.2f %%", 100 * acc)));
    epoch
        .validationLoss()
        .ifPresent(loss -> summary.append("  val_loss " + ReadableNumber.fixed(loss)));
    epoch
        .validationAccuracy()
        .ifPresent(
            acc -> summary.append(String.format(Locale.ROOT, "  val_accuracy %.2f %%", 100 * acc)));
    return summary.toString();
  }
}
