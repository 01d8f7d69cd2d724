package io.meanfield.train;

import java.util.List;
import java.util.Optional;

/**
 * Where the validation loss turned upward while the training loss went on falling: from there on a
 * network learns its examples by heart.
 *
 * @param best the epoch of the lowest validation loss; over-fitting begins with the next
 * @param patience the smallest that early stopping would have kept that epoch with
 */
public record OverfittingCheck(int best, int patience) {
  // One worse epoch or two are noise.
  private static final int CERTAIN = 3;

  /** What a whole history shows; nothing where the network does not over-fit, or nobody can say. */
  public static Optional<OverfittingCheck> of(List<EpochResult> epochs) {
    if (epochs.isEmpty() || epochs.stream().anyMatch(epoch -> epoch.validationLoss().isEmpty())) {
      return Optional.empty();
    }
    EpochResult best = EarlyStopping.OFF.best(epochs);
    EpochResult last = epochs.get(epochs.size() - 1);
    return last.epoch() - best.epoch() >= CERTAIN && last.trainLoss() < best.trainLoss()
        ? Optional.of(new OverfittingCheck(best.epoch(), patienceFor(best, epochs)))
        : Optional.empty();
  }

  // As long as the longest wait for a new best on the way there.
  private static int patienceFor(EpochResult best, List<EpochResult> epochs) {
    int longest = 1;
    EpochResult record = epochs.get(0);
    for (EpochResult epoch : epochs) {
      if (epoch.epoch() <= best.epoch() && epoch.monitored() < record.monitored()) {
        longest = Math.max(longest, epoch.epoch() - record.epoch());
        record = epoch;
      }
    }
    return longest;
  }

  /** One sentence. */
  public String message() {
    return "over-fits from epoch "
        + (best + 1)
        + "; early stopping would have kept epoch "
        + best
        + " (train.early-stopping.patience = "
        + patience
        + " or more)";
  }
}
