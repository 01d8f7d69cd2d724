package io.meanfield.cli;

import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.settings.ForeignTerm;
import io.meanfield.settings.NearestName;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Prints what is wrong with the arguments of a command in one sentence, with the examples of the
 * command. A word or an option of another tool gets the name that it has here.
 */
final class WrongArguments implements IParameterExceptionHandler {
  private static final String MODEL = "--model";
  private static final String LABEL = "--label";

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    PrintWriter err = line.getErr();
    String sentence =
        line.getUnmatchedArguments().stream()
            .findFirst()
            .map(unmatched -> unmatched(line, unmatched))
            .orElseGet(() -> wrong.getMessage().replaceFirst("^Error: ", ""));
    Printable.println(err, "error: " + sentence);
    if (!line.getSubcommands().isEmpty() && line.getUnmatchedArguments().isEmpty()) {
      line.usage(err); // no command at all: list them
      return ErrorCode.WRONG_ARGUMENTS.exitCode();
    }
    Stream.of(line.getCommandSpec().usageMessage().footer())
        .filter(text -> text.isEmpty() || text.startsWith("Example: ") || text.startsWith(" "))
        .forEach(example -> Printable.println(err, example));
    Printable.println(err, "Options: scripts/submit " + command(line) + "--help");
    err.flush();
    return ErrorCode.WRONG_ARGUMENTS.exitCode();
  }

  private static String unmatched(CommandLine line, String argument) {
    if (!line.getSubcommands().isEmpty() && !argument.startsWith("-")) {
      return "there is no command %s%s; %s"
          .formatted(command(line), Printable.text(argument), nearestCommand(line, argument));
    }
    return argument.startsWith("-") ? option(line, argument) : positional(line, argument);
  }

  private static String nearestCommand(CommandLine line, String word) {
    List<String> commands = List.copyOf(line.getSubcommands().keySet());
    return ForeignTerm.command(word)
        .map(ForeignTerm::advice)
        .or(
            () ->
                NearestName.similar(word, commands)
                    .map(name -> "did you mean " + command(line) + name + "?"))
        .orElse("expected one of " + String.join(", ", commands));
  }

  private static String option(CommandLine line, String argument) {
    String name = Printable.text(argument.replaceFirst("=.*", ""));
    List<String> options = List.copyOf(line.getCommandSpec().optionsMap().keySet());
    return "%shas no option %s; %s"
        .formatted(
            command(line),
            name,
            options.stream()
                .filter(each -> each.replace("-", "").equalsIgnoreCase(name.replace("-", "")))
                .findFirst()
                .map(near -> "did you mean " + near + "?")
                .or(() -> ForeignTerm.settingOfOption(name).map(term -> instead(line, term)))
                .or(
                    () ->
                        NearestName.similar(name, options)
                            .map(near -> "did you mean " + near + "?"))
                .orElse("a setting is given with --set KEY=VALUE"));
  }

  private static String instead(CommandLine line, ForeignTerm term) {
    boolean isArgument =
        term.target().equals("data.train.path")
            && !line.getCommandSpec().positionalParameters().isEmpty();
    return isArgument ? "write the file without an option" : assigned(term);
  }

  private static String assigned(ForeignTerm term) {
    String assignment = term.target().contains(" = ") ? term.target() : term.target() + "=VALUE";
    return term.reason().map(why -> why + "; the nearest is ").orElse("write ")
        + SettingsOptions.SET
        + " "
        + assignment.replace(" = ", "=");
  }

  private static String positional(CommandLine line, String argument) {
    CommandSpec spec = line.getCommandSpec();
    String shown = Printable.shellWord(Printable.text(argument));
    Optional<String> option =
        List.of(MODEL, LABEL).stream()
            .filter(name -> spec.optionsMap().containsKey(name))
            .filter(name -> !line.getParseResult().hasMatchedOption(name))
            .findFirst();
    return "%stakes no argument %s%s"
        .formatted(
            command(line),
            shown,
            option
                .map(name -> "; did you mean " + name + " " + shown + "?")
                .orElse(
                    line.getParseResult().hasMatchedOption(SettingsOptions.SET)
                        ? "; a setting with blanks needs quotes: --set 'KEY = VALUE'"
                        : ""));
  }

  /** Returns the names of a subcommand and of its parents, each followed by a space. */
  private static String command(CommandLine line) {
    return line.getParent() == null ? "" : command(line.getParent()) + line.getCommandName() + " ";
  }
}
