package io.meanfield.cli;

import io.meanfield.cli.command.MeanfieldCommand;
import io.meanfield.cli.command.Sessions;
import io.meanfield.cli.command.SettingsOptions;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.score.WeightsJob;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "weights",
    mixinStandardHelpOptions = true,
    description =
        "Print the arrays of Keras' get_weights() row by row, or write them to a file that"
            + " numpy.load and train --from read.",
    footer = {
      "",
      "Example: scripts/submit weights --model mnist-1",
      "         scripts/submit weights --model mnist-1 --npz mnist-1.npz"
    })
final class WeightsCommand implements MeanfieldCommand {
  @Mixin private SettingsOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "The id of a run, the path of a model.zip, the folder of a saved model, or a version such"
              + " as NAME@champion.")
  private String model;

  @Option(
      names = "--npz",
      paramLabel = "FILE",
      description =
          "Write the weights to this file instead, each as a NumPy array: W0, b0, W1, b1, …")
  private String npz;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    WeightsJob job = new WeightsJob(Sessions.hadoop(), options.settings(), model);
    if (npz == null) {
      job.print().forEach(line -> Printable.println(out, line));
    } else {
      Printable.println(out, "weights  " + job.export(npz));
    }
    out.flush();
    return 0;
  }

  @Override
  public SettingsOptions options() {
    return options;
  }
}
