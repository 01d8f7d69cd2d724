package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MeanfieldTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... args) {
    CommandLine line = Meanfield.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Meanfield.execute(line, args);
  }

  @Test
  void helpListsTheCommandsAndTheFirstStep() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "train", "evaluate", "predict", "prepare", "scripts/quickstart", "conf/defaults.conf");
  }

  @Test
  void helpOfACommandShowsAnExample() {
    assertThat(execute("evaluate", "--help")).isZero();
    assertThat(out.toString())
        .contains("--model=MODEL", "--set=KEY=VALUE", "--run-id=NAME", "Example: scripts/submit");
  }

  @Test
  void everyCommandHasAHelpTextWithAnExample() {
    for (String command : Meanfield.commandLine().getSubcommands().keySet()) {
      assertThat(execute(command, "--help")).as(command).isZero();
      assertThat(out.toString()).contains("Example: scripts/submit " + command);
    }
  }

  @Test
  void commandsAreFoundUnderTheirOwnNames() {
    Meanfield.commandLine()
        .getSubcommands()
        .forEach((name, command) -> assertThat(command.getCommandSpec().name()).isEqualTo(name));
  }

  @Test
  void commandsThatCreateRunsAreThoseThatRunsRecord() {
    assertThat(Meanfield.commandLine().getSubcommands().values())
        .filteredOn(command -> command.getCommand() instanceof JobCommand)
        .extracting(CommandLine::getCommandName)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(RunCommand.values())
                .filter(command -> command != RunCommand.FIT)
                .map(RunCommand::id)
                .toList());
  }

  @Test
  void missingCommandIsAnArgumentErrorThatListsTheCommands() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: Missing required subcommand")
        .contains("  retrain  ");
    assertThat(execute("models")).isEqualTo(2);
    assertThat(err.toString()).contains("  rollback  ");
  }

  @Test
  void failureIsAJsonObjectToo() throws IOException {
    assertThat(execute("train", "--json", "--set", "train.epoch=3")).isEqualTo(2);
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.get("state").asText()).isEqualTo("failed");
    assertThat(report.get("exit_code").asInt()).isEqualTo(2);
    assertThat(report.get("error_code").asText()).isEqualTo("wrong_settings");
    assertThat(report.get("message").asText()).startsWith("unknown key train.epoch; ");
    assertThat(report.has("run_id")).isFalse();
  }

  private String firstLine(String... args) {
    err.getBuffer().setLength(0);
    assertThat(execute(args)).as(String.join(" ", args)).isEqualTo(2);
    return err.toString().lines().findFirst().orElseThrow();
  }

  @Test
  void wordsOfOtherToolsGetTheCommandThatTheyMean() {
    assertThat(firstLine("tune", "--conf", "t.conf"))
        .isEqualTo("error: there is no command tune; did you mean search?");
    assertThat(firstLine("score"))
        .isEqualTo("error: there is no command score; did you mean predict?");
    assertThat(firstLine("models", "promot", "x"))
        .isEqualTo("error: there is no command models promot; did you mean models promote?");
    assertThat(firstLine("models", "xyzzy"))
        .isEqualTo(
            "error: there is no command models xyzzy; expected one of list, show, register,"
                + " promote, rollback, reproduce");
  }

  @Test
  void wrongOptionsGetTheOptionOrTheSettingThatTheyMean() {
    assertThat(firstLine("predict", "--modell", "churn-1"))
        .isEqualTo("error: predict has no option --modell; did you mean --model?");
    assertThat(firstLine("train", "-conf", "t.conf"))
        .isEqualTo("error: train has no option -conf; did you mean --conf?");
    assertThat(firstLine("init", "t.csv", "-label", "y"))
        .isEqualTo("error: init has no option -label; did you mean --label?");
    assertThat(firstLine("train", "--set", "train.epochs", "=", "3"))
        .isEqualTo(
            "error: train takes no argument =; a setting with blanks needs quotes: --set 'KEY ="
                + " VALUE'");
    assertThat(firstLine("train", "--epochs", "3"))
        .isEqualTo("error: train has no option --epochs; write --set train.epochs=VALUE");
    assertThat(firstLine("init", "--data", "t.csv", "--label", "y"))
        .isEqualTo("error: init has no option --data; write the file without an option");
    assertThat(firstLine("train", "--class-weight=balanced"))
        .isEqualTo(
            "error: train has no option --class-weight; write --set data.balance=class-weights");
    assertThat(firstLine("train", "--max-depth", "6"))
        .isEqualTo(
            "error: train has no option --max-depth; there are no trees; the nearest is --set"
                + " network.hidden-layers=VALUE");
    assertThat(firstLine("train", "--frobnicate"))
        .isEqualTo(
            "error: train has no option --frobnicate; a setting is given with --set KEY=VALUE");
  }

  @Test
  void argumentWithoutItsOptionGetsTheOptionAndTheExamples() {
    assertThat(execute("predict", "churn-1")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            """
            error: predict takes no argument churn-1; did you mean --model churn-1?

            Example: scripts/submit predict --model mnist-1
            """)
        .endsWith("\nOptions: scripts/submit predict --help\n");
    assertThat(firstLine("init", "t.csv", "a b"))
        .isEqualTo("error: init takes no argument 'a b'; did you mean --label 'a b'?");
    assertThat(firstLine("train", "t.csv")).isEqualTo("error: train takes no argument t.csv");
    assertThat(firstLine("evaluate")).isEqualTo("error: Missing required option: '--model=MODEL'");
  }

  @Test
  void unknownKeyIsReportedBeforeSparkStarts() {
    assertThat(execute("train", "--set", "train.epoch=3")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: unknown key train.epoch; did you mean train.epochs? (--set train.epoch: 1)\n");
  }

  @Test
  void argumentsWithPasswordsAreRefusedWithoutShowingThem() {
    String why =
        " has a location with a user, a password or parameters, which every user of this machine"
            + " can read in the list of processes; docs/clusters.md#secrets tells where to keep"
            + " them\n";
    assertThat(
            execute(
                "train",
                "--from",
                "s3a://USER:planted@bucket/model.zip",
                "--modle=ftp://me:planted@host/x",
                "--set",
                "run.directory=s3a://USER:planted@bucket/runs"))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: the argument s3a://***@bucket/model.zip"
                + why
                + "error: the argument --modle=ftp://***@host/x"
                + why
                + "error: the argument run.directory=s3a://***@bucket/runs"
                + why);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void hiddenOptionOfADataSourceIsRefusedOnTheCommandLine() {
    assertThat(
            execute(
                "train",
                "--set",
                "data { format = spark, columns.label = y, train.source = jdbc }",
                "--set",
                "data.train.options { dbtable = t, passwd = planted }"))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: data.train.options.passwd must be in a file for --conf, found it in --set,"
                + " which every user of this machine can read in the list of processes\n");
  }

  // A file of arguments would not pass the check.
  @Test
  void fileOfArgumentsIsNotRead(@TempDir Path folder) throws IOException {
    Path arguments = folder.resolve("arguments");
    Files.writeString(arguments, "--set run.directory=s3a://USER:planted@bucket/runs");
    assertThat(execute("train", "@" + arguments)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: train takes no argument ")
        .doesNotContain("planted");
  }

  @Test
  void examplesToShowAreNamedOrDrawnAtRandomButNotBoth() {
    assertThat(execute("show", "--examples", "1,2", "--random", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("--examples=ID", "--random=N", "mutually exclusive");
  }

  @Test
  void weightsOfAMissingRunAreAnArgumentError(@TempDir Path runs) {
    assertThat(execute("weights", "--model", "missing", "--set", "run.directory=\"" + runs + "\""))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: there is no run missing in "
                + runs
                + ", which has no runs; expected the id of a run, the path of a model.zip, the"
                + " folder of a saved model, or a version such as NAME@champion\n");
  }

  @Test
  void optionsOfAnOutputNeedAnOutput() {
    assertThat(execute("predict", "--model", "any", "--columns", "a,b")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "error: --columns, --partition-by and --overwrite need --out PATH or --out-table"
                + " NAME\n");
    assertThat(execute("predict", "--model", "any", "--out", "a", "--out-table", "b")).isEqualTo(2);
    assertThat(err.toString()).contains("mutually exclusive");
    err.getBuffer().setLength(0);
    assertThat(execute("predict", "--model", "any", "--format", "csv")).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("error: --format needs --out PATH\n");
  }

  @Test
  void missingModelIsAnArgumentError() {
    assertThat(execute("evaluate")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required option: '--model=MODEL'");
  }

  /** A command in which the virtual machine fails. */
  @Command(name = "fail")
  private static final class FailingCommand implements MeanfieldCommand {
    private UserException reported;

    @Override
    public Integer call() {
      throw new NoClassDefFoundError("org/example/Missing");
    }

    @Override
    public SettingsOptions options() {
      return new SettingsOptions();
    }

    @Override
    public void report(UserException failure) {
      reported = failure;
    }
  }

  @Test
  void errorOfTheVirtualMachineIsOneSentenceToo() {
    FailingCommand failing = new FailingCommand();
    CommandLine line = Meanfield.commandLine().addSubcommand(failing);
    line.setErr(new PrintWriter(err, true));
    assertThat(Meanfield.execute(line, "fail")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("error: a class or a native library is missing or does not fit")
        .hasLineCount(1);
    assertThat(failing.reported.code()).isEqualTo(ErrorCode.UNEXPECTED);
  }
}
