package io.meanfield.pipeline;

import io.meanfield.train.ConstantAccuracy;
import io.meanfield.train.ConstantLoss;
import io.meanfield.train.History;
import io.meanfield.train.Overfitting;
import io.meanfield.train.TrainingFinding;
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
    return ConstantLoss.of(history.epochs(), history.rounds())
        .<TrainingFinding>map(finding -> finding)
        .or(() -> ConstantAccuracy.of(history.epochs()))
        .or(() -> stopsEarly ? Optional.empty() : Overfitting.of(history.epochs()))
        .map(TrainingFinding::message);
  }
}
