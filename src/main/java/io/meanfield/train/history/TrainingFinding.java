package io.meanfield.train.history;

/** What went wrong in a training that ended without an error. */
public sealed interface TrainingFinding permits FallingLoss, FewSteps, Overfitting {
  /** Returns the finding as one sentence for the user. */
  String message();
}
