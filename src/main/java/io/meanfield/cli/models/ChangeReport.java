package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.VersionReference;
import java.util.List;
import java.util.Optional;

/** A change of a model's history, for programs. */
record ChangeReport(String model, HistoryEntry entry) {
  /**
   * Returns the output of a command that changes the champion.
   *
   * @param made the entry; empty if the champion was not the expected one
   * @throws UserException if it is empty
   */
  static CommandOutput output(
      RegisteredModel model, Optional<Integer> expected, Optional<HistoryEntry> made) {
    return output(
        model.name(),
        made.orElseThrow(() -> outdated(model.name(), expected, model.history().champion())));
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

  static CommandOutput output(String model, HistoryEntry entry) {
    return CommandOutput.done(
        List.of(
            "done     %s %s, entry %s of the history"
                .formatted(
                    entry.change().display(),
                    VersionReference.of(model, entry.change().version()),
                    entry.number())),
        new ChangeReport(model, entry));
  }
}
