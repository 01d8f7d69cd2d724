package io.meanfield.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The finding that the accuracy did not change by a single example during training: the model
 * probably predicts the same class for every example.
 *
 * <p>Training and validation accuracy are the same to the last bit in all epochs and below 100 %.
 * There are at least three epochs of at least 1,000 examples each; in smaller data this may happen
 * by chance.
 *
 * @param accuracy the training accuracy
 * @param epochs number of epochs that trained the network
 */
public record ConstantAccuracy(double accuracy, int epochs) implements TrainingFinding {
  private static final int FEWEST_EPOCHS = 3;
  private static final int FEWEST_EXAMPLES = 1_000;

  /**
   * Checks all epochs of a training run. Returns empty if the accuracy changed, if the task has no
   * accuracy, or if there are too few epochs or examples to decide.
   */
  public static Optional<ConstantAccuracy> of(List<EpochResult> all) {
    List<EpochResult> epochs =
        all.stream().filter(epoch -> epoch.pretrainedLayer().isEmpty()).toList();
    if (epochs.size() < FEWEST_EPOCHS || epochs.get(0).examples() < FEWEST_EXAMPLES) {
      return Optional.empty();
    }
    EpochResult first = epochs.get(0);
    return first
        .trainAccuracy()
        .filter(accuracy -> accuracy < 1)
        .filter(accuracy -> epochs.stream().allMatch(epoch -> isSame(epoch, first)))
        .map(accuracy -> new ConstantAccuracy(accuracy, epochs.size()));
  }

  private static boolean isSame(EpochResult epoch, EpochResult first) {
    return epoch.trainAccuracy().equals(first.trainAccuracy())
        && epoch.validationAccuracy().equals(first.validationAccuracy());
  }

  @Override
  public String message() {
    return String.format(
        Locale.ROOT,
        "the training accuracy is %.2f %% in all %d epochs: the model probably predicts the same"
            + " class for every example; try a lower network.optimizer.learning-rate or another"
            + " data.balance, and check the scale of the features",
        100 * accuracy,
        epochs);
  }
}
