package io.meanfield.pipeline.train;

import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import io.meanfield.report.ReadableNumber;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.FallingLoss;
import io.meanfield.train.history.FewSteps;
import io.meanfield.train.history.History;
import io.meanfield.train.history.Monitor;
import io.meanfield.train.history.Overfitting;
import io.meanfield.train.history.TrainingFinding;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Summarises a training: one sentence, and the metrics of the epoch whose weights the model has.
 */
final class TrainSummary {
  private TrainSummary() {}

  /**
   * States how training ended, and the losses of the epoch whose weights the model has. Accuracies
   * of epochs are those at 0.5, which the sentence says if the model has another threshold.
   */
  static String of(History history, EarlyStopping earlyStopping, Threshold threshold) {
    EpochResult last = last(history);
    EpochResult kept = kept(history, earlyStopping);
    return ending(last, kept, earlyStopping, history)
        + losses(kept, earlyStopping.monitor(), threshold);
  }

  /**
   * Returns the metrics of the epoch whose weights the model has, named as the columns of the table
   * {@code epochs}.
   */
  static Map<String, Double> metrics(History history, EarlyStopping earlyStopping) {
    EpochResult kept = kept(history, earlyStopping);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("epoch", (double) kept.epoch());
    metrics.putAll(scores(kept, earlyStopping.monitor()));
    return metrics;
  }

  /**
   * Returns losses and accuracies, named as the columns of the table {@code epochs}, and the metric
   * that early stopping monitors, named {@code validation_} and its own name.
   */
  static Map<String, Double> scores(EpochResult result, Monitor monitor) {
    Map<String, Double> scores = new LinkedHashMap<>();
    scores.put("train_loss", result.trainLoss());
    result.trainAccuracy().ifPresent(accuracy -> scores.put("train_accuracy", accuracy));
    result.validationLoss().ifPresent(loss -> scores.put("validation_loss", loss));
    result.validationAccuracy().ifPresent(accuracy -> scores.put("validation_accuracy", accuracy));
    result
        .scores()
        .monitored()
        .ifPresent(value -> scores.put("validation_" + monitor.metric(), value));
    return scores;
  }

  /** Returns one sentence about the most serious problem of a training; empty if there is none. */
  static Optional<String> diagnosis(History history, EarlyStopping earlyStopping) {
    return FewSteps.of(history.rounds())
        .<TrainingFinding>map(finding -> finding)
        .or(() -> FallingLoss.of(history.epochs()))
        // Early stopping has kept the best epoch, so that over-fitting does no harm.
        .or(() -> earlyStopping.isOn() ? Optional.empty() : Overfitting.of(history.epochs()))
        .map(TrainingFinding::message);
  }

  private static EpochResult last(History history) {
    return history.epochs().get(history.epochs().size() - 1);
  }

  private static EpochResult kept(History history, EarlyStopping earlyStopping) {
    return earlyStopping.isOn() ? history.best() : last(history);
  }

  private static String ending(
      EpochResult last, EpochResult kept, EarlyStopping earlyStopping, History history) {
    if (earlyStopping.isOn() && earlyStopping.endsAtZero(history.epochs())) {
      return String.format(
          Locale.ROOT,
          "stopped after epoch %d, because the loss of epoch %d, whose weights are kept, is zero",
          last.epoch(),
          kept.epoch());
    }
    if (earlyStopping.stopsAfter(history.epochs())) {
      return String.format(
          Locale.ROOT,
          last.epoch() - kept.epoch() >= earlyStopping.patience()
              ? "stopped after epoch %d: no improvement since epoch %d, whose weights are kept"
              : "stopped after epoch %d, the end of a period of the learning rate that brought no"
                  + " better epoch than %d, whose weights are kept",
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

  private static String losses(EpochResult epoch, Monitor monitor, Threshold threshold) {
    String at =
        threshold.value() == TaskType.THRESHOLD ? "" : " at threshold " + TaskType.THRESHOLD;
    String validation =
        epoch
            .validationLoss()
            .map(loss -> ", validation loss " + ReadableNumber.fixed(loss))
            .orElse("");
    String accuracy =
        epoch
            .validationAccuracy()
            .map(value -> String.format(Locale.ROOT, " and accuracy %.2f %%%s", 100 * value, at))
            .orElse("");
    String monitored =
        epoch
            .scores()
            .monitored()
            .map(value -> ", " + monitor.metric() + " " + ReadableNumber.fixed(value))
            .orElse("");
    return String.format(
        Locale.ROOT,
        ": training loss %s%s%s%s",
        ReadableNumber.fixed(epoch.trainLoss()),
        validation,
        accuracy,
        monitored);
  }
}
