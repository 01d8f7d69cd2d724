package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.cli.command.ModelOptions;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.ExportFormat;
import io.meanfield.pipeline.score.ExportJob;
import io.meanfield.pipeline.settings.JobSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Write a model as ONNX, a table's preprocessing included, after the file's outputs for"
            + " data.test were compared with those of the model.",
    footer = {
      "",
      "Example: scripts/submit export --model mnist-1 --out mnist-1.onnx",
      "         scripts/submit export --model churn@champion --out churn.onnx",
      "         scripts/submit export --model churn@champion --format mlflow --out churn"
    })
final class ExportCommand extends JobCommand {
  @Mixin private ModelOptions model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file to write, a path or a URI; FILE.json beside it describes the export. With"
              + " --format mlflow a directory.")
  private String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "onnx",
      description =
          "onnx: a file; mlflow: a directory with the file, which mlflow.pyfunc.load_model and"
              + " mlflow models serve load, for rows with the table's own columns. Default: onnx.")
  private ExportFormat format;

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
    return new ExportJob(job, new ExportJob.Options(model.model(), out, format, randomInputs))
        .export();
  }
}
