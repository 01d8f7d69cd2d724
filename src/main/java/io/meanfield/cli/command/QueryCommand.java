package io.meanfield.cli.command;

import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that prints what it finds or changes, for people or as JSON, and creates no run. */
public abstract class QueryCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  @Override
  public final Integer call() {
    CommandOutput output = output(options.settings());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Printable.printLines(out, Json.text(output.json()));
    } else {
      output.lines().forEach(line -> Printable.println(out, line));
    }
    out.flush();
    return output.exitCode();
  }

  public abstract CommandOutput output(JobSettings settings);

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

  public final CommandSpec spec() {
    return spec;
  }
}
