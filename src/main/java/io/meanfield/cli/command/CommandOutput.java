package io.meanfield.cli.command;

import java.util.List;

/**
 * What a command prints that creates no run.
 *
 * @param lines for people
 * @param json the same for programs
 */
public record CommandOutput(int exitCode, List<String> lines, Record json) {
  /** Returns the output of a command that has succeeded. */
  public static CommandOutput done(List<String> lines, Record json) {
    return new CommandOutput(0, lines, json);
  }
}
