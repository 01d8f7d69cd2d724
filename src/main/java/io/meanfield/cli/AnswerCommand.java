package io.meanfield.cli;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.store.Json;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reads or changes what is stored, and starts no Spark session. */
abstract class AnswerCommand implements MeanfieldCommand {
  /**
   * What the command prints.
   *
   * @param lines for people
   * @param json the same for programs
   */
  record Answer(int exitCode, List<String> lines, Record json) {
    static Answer done(List<String> lines, Record json) {
      return new Answer(0, lines, json);
    }
  }

  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public final Integer call() {
    Answer answer = answer(options.settings());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(answer.json()));
    } else {
      // Lines contain parts of files, such as messages, reasons and model cards.
      answer.lines().stream().map(Printable::escaped).forEach(out::println);
    }
    out.flush();
    return answer.exitCode();
  }

  abstract Answer answer(JobSettings settings);

  @Override
  public void report(UserException failure) {
    if (json) {
      JobReport.printFailure(spec.commandLine().getOut(), failure);
    }
  }

  @Override
  public SettingsOptions options() {
    return options;
  }

  final CommandSpec spec() {
    return spec;
  }
}
