package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.ModelOptions;
import io.meanfield.export.ExportFormat;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.ExportJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write a model as ONNX, NumPy arrays or DL4J's model.zip, after the file's outputs for"
            + " data.test were compared with those of the model.",
    footer = {
      "",
      "Example: scripts/submit export --model mnist-1 --format onnx --out mnist-1.onnx",
      "         scripts/submit export --model churn@champion --format onnx --out churn.onnx"
    })
final class ExportCommand extends JobCommand {
  @Mixin private ModelOptions model;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description =
          "onnx: a graph with the preprocessing of tables; npz: Keras' arrays; dl4j: a model.zip.")
  private ExportFormat format;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write, a path or a URI. FILE.json beside it describes the export.")
  private String out;

  @Option(names = "--random-inputs", description = "Compare on random examples, not on data.test.")
  private boolean randomInputs;

  @Override
  public boolean runsInCluster() {
    return false;
  }

  @Override
  public JobSettings settings() {
    return options().settings(model);
  }

  @Override
  public Outcome run(JobContext job) {
    return new ExportJob(job, new ExportJob.Options(model.model(), format, out, randomInputs))
        .export();
  }
}
