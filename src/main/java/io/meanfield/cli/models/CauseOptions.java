package io.meanfield.cli.models;

import io.meanfield.registry.Cause;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that change the history of a model. */
final class CauseOptions {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "The reason, which is recorded in the history.")
  private String reason;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description =
          "The person or program that is recorded in the history. Default: the name of the user.")
  private String actor = System.getProperty("user.name");

  Cause cause() {
    return new Cause(actor, reason, Optional.empty());
  }
}
