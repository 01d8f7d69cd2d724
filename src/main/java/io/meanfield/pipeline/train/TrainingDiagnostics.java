package io.meanfield.pipeline.train;

import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.FallingLoss;
import io.meanfield.train.history.FewSteps;
import io.meanfield.train.history.History;
import io.meanfield.train.history.Overfitting;
import io.meanfield.train.history.TrainingFinding;
import java.util.Optional;

/** Finds what went wrong in a training that ended without an error. */
final class TrainingDiagnostics {
  private TrainingDiagnostics() {}

  /** Returns one sentence about the most serious problem; empty if there is none. */
  static Optional<String> of(History history, EarlyStopping earlyStopping) {
    return FewSteps.of(history.rounds())
        .<TrainingFinding>map(finding -> finding)
        .or(() -> FallingLoss.of(history.epochs()))
        // Early stopping has kept the best epoch, so that over-fitting does no harm.
        .or(() -> earlyStopping.isOn() ? Optional.empty() : Overfitting.of(history.epochs()))
        .map(TrainingFinding::message);
  }
}
