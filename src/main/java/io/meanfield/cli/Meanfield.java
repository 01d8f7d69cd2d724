package io.meanfield.cli;

import io.meanfield.cli.command.HadoopLogin;
import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.models.ModelsCommand;
import io.meanfield.cli.runs.CompareCommand;
import io.meanfield.cli.runs.OpenCommand;
import io.meanfield.cli.runs.RunsCommand;
import io.meanfield.cli.runs.WatchCommand;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.Redaction;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.Provenance;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main class that spark-submit starts. */
@Command(
    name = "meanfield",
    description = "Deep learning on Apache Spark by parameter averaging.",
    mixinStandardHelpOptions = true,
    versionProvider = Meanfield.BuildVersion.class,
    footer = {
      "",
      "In a checkout, start with scripts/quickstart. conf/defaults.conf explains every setting.",
      "Exit codes: 0 done, 1 failed, 2 wrong settings or arguments,",
      "3 retrain: data refused, 4 the run belongs to another process,",
      "99 retrain: no new data or not promoted, 130 interrupted.",
      "docs/troubleshooting.md tells what to do after each of them."
    })
public final class Meanfield {
  // In the order of the help.
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("init", InitCommand.class);
    COMMANDS.put("train", TrainCommand.class);
    COMMANDS.put("search", SearchCommand.class);
    COMMANDS.put("retrain", RetrainCommand.class);
    COMMANDS.put("evaluate", EvaluateCommand.class);
    COMMANDS.put("predict", PredictCommand.class);
    COMMANDS.put("explain", ExplainCommand.class);
    COMMANDS.put("export", ExportCommand.class);
    COMMANDS.put("serve", ServeCommand.class);
    COMMANDS.put("prepare", PrepareCommand.class);
    COMMANDS.put("lesson", LessonCommand.class);
    COMMANDS.put("play", PlayCommand.class);
    COMMANDS.put("show", ShowCommand.class);
    COMMANDS.put("weights", WeightsCommand.class);
    COMMANDS.put("doctor", DoctorCommand.class);
    COMMANDS.put("models", ModelsCommand.class);
    COMMANDS.put("runs", RunsCommand.class);
    COMMANDS.put("compare", CompareCommand.class);
    COMMANDS.put("open", OpenCommand.class);
    COMMANDS.put("watch", WatchCommand.class);
  }

  public static void main(String[] args) throws SparkUserAppException {
    Deployment.current().end(execute(commandLine(args), args));
  }

  /** Runs the command of these arguments, unless one of them contains a password. */
  static int execute(CommandLine line, String... args) {
    List<String> exposed =
        Stream.of(args).filter(Redaction::isNeededFor).map(Redaction::of).toList();
    for (String argument : exposed) {
      Printable.println(
          line.getErr(),
          String.format(
              Locale.ROOT,
              "error: the argument %s has a location with a user, a password or parameters,"
                  + " which every user of this machine can read in the list of processes;"
                  + " docs/clusters.md#secrets tells where to keep them",
              argument));
    }
    return exposed.isEmpty() ? line.execute(args) : ErrorCode.WRONG_ARGUMENTS.exitCode();
  }

  /** Returns the commands. */
  public static CommandLine commandLine() {
    return commandLine(COMMANDS.keySet());
  }

  // Only the command that is named, because reading the options of all takes 70 ms at each start.
  private static CommandLine commandLine(String... args) {
    return args.length > 0 && COMMANDS.containsKey(args[0])
        ? commandLine(Set.of(args[0]))
        : commandLine();
  }

  private static CommandLine commandLine(Set<String> names) {
    CommandLine line = new CommandLine(new Meanfield());
    names.forEach(name -> line.addSubcommand(name, COMMANDS.get(name)));
    return line.setExpandAtFiles(false) // execute sees all arguments
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new WrongArguments())
        .setExecutionStrategy(Meanfield::runLast)
        .setExecutionExceptionHandler(Meanfield::handleException);
  }

  // Picocli passes exceptions to the handler, but no errors, such as OutOfMemoryError.
  private static int runLast(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      List<CommandLine> commands = parsed.asCommandLineList();
      throw new CommandLine.ExecutionException(
          commands.get(commands.size() - 1), "the command ended with an error", e);
    }
  }

  private static int handleException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    MeanfieldCommand failed = command.getCommand();
    if (failed.interrupted()) {
      return ErrorCode.INTERRUPTED.exitCode(); // the message is printed already
    }
    UserException error =
        HadoopLogin.explain(failure)
            .orElseGet(() -> UserException.of(failed.cause(withoutWrapper(failure))));
    for (String line : error.getMessage().split("\n", -1)) {
      Printable.println(command.getErr(), "error: " + line);
    }
    failed.report(error);
    if (failed.options().verbose()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      String indented = trace.toString().replace("\t", "    ");
      Printable.printLines(command.getErr(), Redaction.of(indented));
      command.getErr().flush();
    }
    return error.code().exitCode();
  }

  private static Throwable withoutWrapper(Exception failure) {
    return failure instanceof CommandLine.ExecutionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Shows version and commit of the build, for {@code --version}. */
  static final class BuildVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"meanfield " + Provenance.version() + " (" + Provenance.commit() + ")"};
    }
  }
}
