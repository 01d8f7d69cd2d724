package io.meanfield.train.history;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The finding that a model over-fits: the validation loss has risen clearly above its lowest value,
 * while the training loss has continued to fall (Prechelt 1998, "Early Stopping, But When?":
 * generalisation loss above a threshold).
 *
 * <p>"Clearly" means that in each of the last three epochs the validation loss is more than 10 %
 * above the lowest one, and the training loss is below that of the epoch with the lowest validation
 * loss. A validation loss that stays level, even if it fluctuates by 4 %, is therefore no
 * over-fitting. Nor is it over-fitting if the training loss rises too.
 *
 * @param bestEpoch the epoch of the lowest validation loss; over-fitting begins with the next epoch
 * @param sufficientPatience the smallest patience with which early stopping would have kept that
 *     epoch
 */
public record Overfitting(int bestEpoch, int sufficientPatience) implements TrainingFinding {
  private static final int LAST_EPOCHS = 3;
  private static final double CLEAR_RISE = 1.1;

  /**
   * Checks all epochs of a training run. Returns empty if the network does not over-fit, or if an
   * epoch has no validation loss.
   */
  public static Optional<Overfitting> of(List<EpochResult> epochs) {
    if (epochs.size() <= LAST_EPOCHS
        || epochs.stream().anyMatch(epoch -> epoch.validationLoss().isEmpty())) {
      return Optional.empty();
    }
    EpochResult best = EarlyStopping.OFF.best(epochs);
    return epochs.subList(epochs.size() - LAST_EPOCHS, epochs.size()).stream()
            .allMatch(epoch -> overfits(epoch, best))
        ? Optional.of(new Overfitting(best.epoch(), patienceFor(best, epochs)))
        : Optional.empty();
  }

  private static boolean overfits(EpochResult epoch, EpochResult best) {
    return epoch.monitoredLoss() > CLEAR_RISE * best.monitoredLoss()
        && epoch.trainLoss() < best.trainLoss();
  }

  // The longest wait for a new best epoch up to the best one.
  private static int patienceFor(EpochResult best, List<EpochResult> epochs) {
    int longest = 1;
    EpochResult record = epochs.get(0);
    for (EpochResult epoch : epochs) {
      if (epoch.epoch() <= best.epoch() && epoch.monitoredLoss() < record.monitoredLoss()) {
        longest = Math.max(longest, epoch.epoch() - record.epoch());
        record = epoch;
      }
    }
    return longest;
  }

  @Override
  public String message() {
    return String.format(
        Locale.ROOT,
        "over-fits from epoch %s; early stopping would have kept epoch %s" + " (%s = %s or more)",
        bestEpoch + 1,
        bestEpoch,
        EarlyStopping.KEY,
        sufficientPatience);
  }
}
