package io.meanfield.cli.command;

import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.ModelPath;
import io.meanfield.registry.RegistrySettings;
import io.meanfield.registry.VersionReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of the commands that apply a model to examples. */
public final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "The id of a run, the path of a model.zip, or a version such as NAME@champion.")
  private String model;

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "The examples, in the format and with the columns of the model's run: files, folders or"
              + " globs; for idx the images and the labels; for prepared the id of a run."
              + " Default: data.test of the settings, else of the model's run.")
  private List<String> data = new ArrayList<>();

  public String model() {
    return model;
  }

  List<String> data() {
    return data;
  }

  /** Returns the paths that a command on this model reads. */
  public List<NamedPath> locations(JobSettings settings) {
    return Stream.concat(
            NamedPath.all("data.test", settings.data().test().locations()).stream(),
            location("--model", model, settings).stream())
        .toList();
  }

  /**
   * Returns the path that a command reads for a model: that of its file, or that of the registry;
   * empty for the id of a run.
   *
   * @param option the option with the model
   */
  public static Optional<NamedPath> location(String option, String model, JobSettings settings) {
    if (VersionReference.matches(model)) {
      return Optional.of(
          new NamedPath(RegistrySettings.DIRECTORY, settings.registry().directory()));
    }
    return ModelPath.matches(model) ? Optional.of(new NamedPath(option, model)) : Optional.empty();
  }
}
