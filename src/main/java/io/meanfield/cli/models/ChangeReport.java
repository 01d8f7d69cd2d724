package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Redaction;
import io.meanfield.error.UserException;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.VersionReference;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.tracking.mlflow.MlflowTracking;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change of a model's history, for programs. */
record ChangeReport(String model, HistoryEntry entry) {
  /**
   * Returns the output of a command that changes the champion.
   *
   * @param made the entry; empty if the champion was not the expected one
   * @param mlflow the server whose alias follows the champion, if one is set
   * @throws UserException if it is empty
   */
  static CommandOutput output(
      RegisteredModel model,
      Optional<Integer> expected,
      Optional<HistoryEntry> made,
      MlflowSettings mlflow) {
    HistoryEntry entry =
        made.orElseThrow(() -> outdated(model.name(), expected, model.history().champion()));
    List<String> lines = new ArrayList<>(List.of(line(model.name(), entry)));
    mlflow.uri().map(uri -> moveAlias(uri, model.name(), entry)).ifPresent(lines::add);
    return CommandOutput.done(lines, new ChangeReport(model.name(), entry));
  }

  // The registry has changed already, so a server that does not answer is no error.
  private static String moveAlias(URI uri, String model, HistoryEntry entry) {
    String version = VersionReference.of(model, entry.change().version()).toString();
    try {
      MlflowTracking.moveAlias(uri, model, version);
      return "mlflow   the alias champion of %s is %s".formatted(model, version);
    } catch (IOException | IllegalStateException e) {
      return "mlflow   the alias champion of %s did not move to %s at %s: %s; set it in MLflow"
          .formatted(model, version, uri, Redaction.of(String.valueOf(e.getMessage())));
    }
  }

  private static UserException outdated(
      String model, Optional<Integer> expected, Optional<Integer> found) {
    return UserException.of(
        ErrorCode.CHAMPION_CHANGED,
        "the champion of %s must be %s, found %s; compare the version with that champion",
        model,
        display(model, expected),
        display(model, found));
  }

  private static String display(String model, Optional<Integer> version) {
    return version.map(number -> VersionReference.of(model, number).toString()).orElse("none");
  }

  private static String line(String model, HistoryEntry entry) {
    return "done     %s %s, entry %s of the history"
        .formatted(
            entry.change().display(),
            VersionReference.of(model, entry.change().version()),
            entry.number());
  }
}
