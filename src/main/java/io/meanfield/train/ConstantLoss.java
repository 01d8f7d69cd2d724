package io.meanfield.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The finding that the loss did not change during training: the model has learned nothing.
 *
 * <p>Training and validation losses of all epochs, at least three, are within 0.1 % of the last
 * one, and the training loss of the first round is within 2 %. The first round is checked because a
 * model may learn everything in its first epoch; then the loss of its first round is higher.
 *
 * @param loss the training loss of the last epoch
 * @param epochs number of epochs that trained the network
 */
public record ConstantLoss(double loss, int epochs) implements TrainingFinding {
  private static final int FEWEST_EPOCHS = 3;
  private static final double SAME_EPOCH = 0.001;
  private static final double SAME_ROUND = 0.02;

  /**
   * Checks all epochs of a training run. Returns empty if the loss changed, if there are fewer than
   * three epochs, or if the first epoch has only one round.
   */
  public static Optional<ConstantLoss> of(List<EpochResult> all, List<RoundRow> rounds) {
    List<EpochResult> epochs =
        all.stream().filter(epoch -> epoch.pretrainedLayer().isEmpty()).toList();
    if (epochs.size() < FEWEST_EPOCHS) {
      return Optional.empty();
    }
    EpochResult last = epochs.get(epochs.size() - 1);
    boolean constant =
        epochs.stream().allMatch(epoch -> isSame(epoch, last))
            && firstRoundLoss(epochs.get(0).epoch(), rounds)
                .filter(loss -> isWithin(SAME_ROUND, loss, last.trainLoss()))
                .isPresent();
    return constant
        ? Optional.of(new ConstantLoss(last.trainLoss(), epochs.size()))
        : Optional.empty();
  }

  private static boolean isSame(EpochResult epoch, EpochResult last) {
    return isWithin(SAME_EPOCH, epoch.trainLoss(), last.trainLoss())
        && isWithin(SAME_EPOCH, epoch.monitoredLoss(), last.monitoredLoss());
  }

  private static boolean isWithin(double tolerance, double loss, double expected) {
    return Math.abs(loss - expected) < tolerance * expected;
  }

  /** Returns the mean loss of the epoch's first round; empty if the epoch has only one round. */
  private static Optional<Double> firstRoundLoss(int epoch, List<RoundRow> rounds) {
    List<RoundRow> ofEpoch = rounds.stream().filter(row -> row.epoch() == epoch).toList();
    int first = ofEpoch.stream().mapToInt(RoundRow::round).min().orElse(0);
    if (ofEpoch.stream().allMatch(row -> row.round() == first)) {
      return Optional.empty();
    }
    List<RoundRow> workers = ofEpoch.stream().filter(row -> row.round() == first).toList();
    double sum = 0;
    long examples = 0;
    for (RoundRow worker : workers) {
      RoundRow.Work work = worker.work();
      if (work.loss().isPresent()) {
        sum += work.loss().get() * work.examples();
        examples += work.examples();
      }
    }
    return examples == 0 ? Optional.empty() : Optional.of(sum / examples);
  }

  @Override
  public String message() {
    return String.format(
        Locale.ROOT,
        "the model has learned nothing: the training loss is %.4f in all %d epochs; try another"
            + " network.optimizer.learning-rate, and check that the labels belong to the examples",
        loss,
        epochs);
  }
}
