package io.meanfield.cli.models;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.runs.OpenCommand;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.page.ModelPage;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.registry.Registry;
import io.meanfield.report.page.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description =
        "Write a page for a browser about a model: the champion over time, why each version became"
            + " champion, all versions with their metrics.",
    footer = {"", "Example: scripts/submit models page mnist --out mnist.html"})
final class ModelsPageCommand extends RegistryCommand {
  @Parameters(paramLabel = "NAME", description = "The name of the model.")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file to write. Default: NAME.html in the working directory.")
  private String out;

  /** A page. */
  record Written(String model, String page) {}

  @Override
  CommandOutput output(Registry registry, JobSettings settings) {
    if (!registry.names().contains(name)) {
      throw new UserException(
          ErrorCode.MODEL_UNUSABLE,
          "there is no model " + Printable.text(name) + " in " + registry.display());
    }
    String file = Optional.ofNullable(out).orElse(name + ".html");
    Page content = ModelPage.of(registry.model(name), Instant.now());
    String page = OpenCommand.write(registry.hadoop(), file, content);
    return CommandOutput.done(List.of("page     " + page), new Written(name, page));
  }
}
