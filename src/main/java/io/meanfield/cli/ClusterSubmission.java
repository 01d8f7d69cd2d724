package io.meanfield.cli;

import io.meanfield.batch.SparkMaster;
import io.meanfield.cli.command.HadoopLogin;
import io.meanfield.cli.command.JobReport;
import io.meanfield.cli.command.Sessions;
import io.meanfield.error.Printable;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;

/**
 * The part of scripts/submit in cluster deploy mode that runs on the submitting machine: {@code
 * plan} before spark-submit, {@code result} after it.
 */
public final class ClusterSubmission {
  private ClusterSubmission() {}

  public static void main(String[] args) throws IOException {
    List<String> arguments = List.of(args).subList(1, args.length);
    System.exit(args[0].equals("plan") ? plan(arguments) : result(arguments));
  }

  /**
   * Checks the command and writes the arguments for the other steps. Writes no file if the command
   * is wrong or asks for help.
   *
   * @param arguments the file to write, the master, the driver's Java options and memory, the
   *     number of spark-submit's options, these options, and the command
   */
  private static int plan(List<String> arguments) {
    Path file = Path.of(arguments.get(0));
    int commandAt = 5 + Integer.parseInt(arguments.get(4));
    SparkOptions spark =
        new SparkOptions(
            SparkMaster.parse(arguments.get(1)),
            arguments.get(2),
            arguments.get(3),
            arguments.subList(5, commandAt));
    return Meanfield.execute(
        Meanfield.commandLine().setExecutionStrategy(parsed -> plan(parsed, spark, file)),
        arguments.subList(commandAt, arguments.size()).toArray(String[]::new));
  }

  private static int plan(ParseResult parsed, SparkOptions spark, Path file) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    CommandLine command = SubmissionPlan.command(parsed).commandSpec().commandLine();
    if (!command.getSubcommands().isEmpty()) {
      new CommandLine.RunLast().execute(parsed); // says which commands there are
    }
    try {
      HadoopLogin.requireFor(spark.master());
      SubmissionPlan plan = SubmissionPlan.of(parsed);
      PrintWriter people = plan.json() ? command.getErr() : command.getOut();
      Printable.println(people, "run      " + plan.id());
      people.flush();
      String name = String.join(" ", SubmissionPlan.path(parsed)) + " " + plan.id();
      write(file, plan, spark.inClusterMode(Sessions.APPLICATION + name, plan.nativeMemory()));
      return 0;
    } catch (IOException | RuntimeException e) {
      throw new ExecutionException(command, e.getMessage(), e);
    }
  }

  // Every argument ends with a zero byte, which no argument contains.
  private static void write(Path file, SubmissionPlan plan, List<String> options)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        List.of(plan.id().value(), plan.runs(), plan.report(), String.valueOf(plan.json())));
    lines.add(String.valueOf(options.size()));
    lines.addAll(options);
    lines.addAll(plan.arguments());
    Files.writeString(file, String.join("\0", lines) + "\0", StandardCharsets.UTF_8);
  }

  /**
   * Prints the outcome that the driver has reported and returns its exit code.
   *
   * @param arguments the id of the run, the directory of runs, the report, whether to print JSON,
   *     and the exit code of spark-submit
   */
  private static int result(List<String> arguments) {
    Runs runs = new Runs(Sessions.hadoop(), arguments.get(1));
    SubmissionResult result =
        new SubmissionResult(
            runs, new RunId(arguments.get(0)), HadoopPaths.resolve(arguments.get(2)));
    JobReport report = result.read(Integer.parseInt(arguments.get(4)));
    if (Boolean.parseBoolean(arguments.get(3))) {
      report.toJson().lines().forEach(line -> Printable.println(System.out, line));
    } else {
      PrintStream people = report.errorCode().isEmpty() ? System.out : System.err;
      report.lines().forEach(line -> Printable.println(people, line));
    }
    return report.exitCode();
  }
}
