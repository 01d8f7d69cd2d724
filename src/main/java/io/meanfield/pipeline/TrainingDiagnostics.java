package io.meanfield.pipeline;

import io.meanfield.train.History;
import io.meanfield.train.OverfittingCheck;
import java.util.List;

/** What a person should know about a training besides its numbers. */
final class TrainingDiagnostics {
  private final History history;

  TrainingDiagnostics(History history) {
    this.history = history;
  }

  /** Where it began to over-fit, unless early stopping kept the best epoch. */
  List<String> overFitting(boolean stopsEarly) {
    return stopsEarly
        ? List.of()
        : OverfittingCheck.of(history.epochs()).map(OverfittingCheck::message).stream().toList();
  }
}
