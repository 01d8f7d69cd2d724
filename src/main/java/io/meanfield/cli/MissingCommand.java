package io.meanfield.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The error of a call that names no command. */
final class MissingCommand {
  private MissingCommand() {}

  /** Returns the error, which names the commands that there are. */
  static ParameterException of(CommandSpec spec) {
    List<String> commands = List.copyOf(spec.subcommands().keySet());
    return new ParameterException(
        spec.commandLine(),
        "a command is missing: "
            + String.join(", ", commands.subList(0, commands.size() - 1))
            + " or "
            + commands.get(commands.size() - 1));
  }
}
