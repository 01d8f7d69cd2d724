package io.meanfield.train.history;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The finding that training ended too early: the validation loss of the last epoch is the lowest
 * one, and it fell clearly over the last epochs.
 *
 * <p>"Clearly" means by more than 5 % over the last quarter of the epochs, at least one.
 *
 * @param from the epoch with which the last one is compared
 * @param to the last epoch
 */
public record FallingLoss(EpochResult from, EpochResult to) implements TrainingFinding {
  private static final int PART = 4;
  private static final double CLEAR_FALL = 0.05;

  /**
   * Checks all epochs of a training run. Returns empty if the loss did not fall to the end, is as
   * good as zero, or if fewer than two epochs have a validation loss.
   */
  public static Optional<FallingLoss> of(List<EpochResult> all) {
    List<EpochResult> epochs =
        all.stream().filter(epoch -> epoch.validationLoss().isPresent()).toList();
    int count = epochs.size();
    if (count < 2) {
      return Optional.empty();
    }
    FallingLoss last =
        new FallingLoss(epochs.get(count - 1 - Math.max(1, count / PART)), epochs.get(count - 1));
    return EarlyStopping.OFF.best(epochs).equals(last.to) && last.isClear()
        ? Optional.of(last)
        : Optional.empty();
  }

  private boolean isClear() {
    double before = from.monitoredLoss();
    return before - to.monitoredLoss() > CLEAR_FALL * Math.abs(before)
        && to.monitoredLoss() >= EarlyStopping.ZERO_LOSS;
  }

  @Override
  public String message() {
    return String.format(
        Locale.ROOT,
        "the validation loss was still falling when training ended, from %.4f after epoch %d to"
            + " %.4f after epoch %d; raise train.epochs",
        from.monitoredLoss(),
        from.epoch(),
        to.monitoredLoss(),
        to.epoch());
  }
}
