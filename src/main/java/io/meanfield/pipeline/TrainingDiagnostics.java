package io.meanfield.pipeline;

import io.meanfield.train.ConstantAccuracyCheck;
import io.meanfield.train.ConstantLossCheck;
import io.meanfield.train.History;
import io.meanfield.train.OverfittingCheck;
import java.util.Optional;

/** Finds what went wrong in a training that ended without an error. */
final class TrainingDiagnostics {
  private final History history;

  TrainingDiagnostics(History history) {
    this.history = history;
  }

  /**
   * Returns one sentence about the most serious problem; empty if there is none.
   *
   * @param stopsEarly whether early stopping has kept the best epoch, so that over-fitting does no
   *     harm
   */
  Optional<String> note(boolean stopsEarly) {
    return ConstantLossCheck.of(history.epochs(), history.rounds())
        .map(ConstantLossCheck::message)
        .or(() -> ConstantAccuracyCheck.of(history.epochs()).map(ConstantAccuracyCheck::message))
        .or(() -> stopsEarly ? Optional.empty() : overfitting());
  }

  private Optional<String> overfitting() {
    return OverfittingCheck.of(history.epochs()).map(OverfittingCheck::message);
  }
}
