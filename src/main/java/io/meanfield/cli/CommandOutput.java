package io.meanfield.cli;

import java.util.List;

/**
 * What a command that starts no Spark session prints.
 *
 * @param lines for people
 * @param json the same for programs
 */
record CommandOutput(int exitCode, List<String> lines, Record json) {
  /** Returns the output of a command that has succeeded. */
  static CommandOutput done(List<String> lines, Record json) {
    return new CommandOutput(0, lines, json);
  }
}
