package io.meanfield.pipeline;

import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EpochResult;
import io.meanfield.train.History;
import java.util.Locale;

/** What training came to, in one sentence. */
final class TrainSummary {
  private TrainSummary() {}

  /** How training ended, and the losses of the epoch whose weights the model has. */
  static String of(History history, EarlyStopping earlyStopping) {
    EpochResult last = history.epochs().get(history.epochs().size() - 1);
    EpochResult kept = earlyStopping.isOn() ? history.best() : last;
    return ending(last, kept, earlyStopping.stopsAfter(history.epochs())) + losses(kept);
  }

  private static String ending(EpochResult last, EpochResult kept, boolean stopped) {
    if (stopped) {
      return String.format(
          Locale.ROOT,
          "stopped after epoch %d: no improvement since epoch %d, whose weights are kept",
          last.epoch(),
          kept.epoch());
    }
    return kept.equals(last)
        ? String.format(Locale.ROOT, "trained %d epochs", last.epoch())
        : String.format(
            Locale.ROOT,
            "trained %d epochs and kept the weights of epoch %d, the best",
            last.epoch(),
            kept.epoch());
  }

  private static String losses(EpochResult epoch) {
    String validation =
        epoch
            .validationLoss()
            .map(loss -> String.format(Locale.ROOT, ", validation loss %.4f", loss))
            .orElse("");
    String accuracy =
        epoch
            .validationAccuracy()
            .map(right -> String.format(Locale.ROOT, " and accuracy %.2f %%", 100 * right))
            .orElse("");
    return String.format(
        Locale.ROOT, ": training loss %.4f%s%s", epoch.trainLoss(), validation, accuracy);
  }
}
