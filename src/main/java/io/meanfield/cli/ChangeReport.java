package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.registry.ChampionChange;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.VersionReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A change of a model's history, for programs. */
record ChangeReport(String model, HistoryEntry entry) {
  /**
   * Returns the output of a command that changes the champion.
   *
   * @throws UserException if the champion was not the expected one
   */
  static CommandOutput output(String model, Optional<Integer> expected, ChampionChange change) {
    return change.match(
        entry -> output(model, entry),
        found -> {
          throw outdated(model, expected, found);
        });
  }

  private static UserException outdated(
      String model, Optional<Integer> expected, Optional<Integer> found) {
    return new UserException(
        ErrorCode.CHAMPION_CHANGED,
        "the champion of "
            + model
            + " must be "
            + display(model, expected)
            + ", found "
            + display(model, found)
            + "; compare the version with that champion");
  }

  private static String display(String model, Optional<Integer> version) {
    return version.map(number -> VersionReference.of(model, number).toString()).orElse("none");
  }

  static CommandOutput output(String model, HistoryEntry entry) {
    return CommandOutput.done(
        List.of(
            "done     "
                + entry.change().display()
                + versions(model, entry)
                + ", entry "
                + entry.number()
                + " of the history"),
        new ChangeReport(model, entry));
  }

  private static String versions(String model, HistoryEntry entry) {
    return entry.change().versions().stream()
        .map(version -> " " + VersionReference.of(model, version))
        .collect(Collectors.joining());
  }
}
