package io.meanfield.cli;

import io.meanfield.pipeline.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of the commands that apply a model to examples. */
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "The id of a run, or the path of a model.zip.")
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

  String model() {
    return model;
  }

  List<String> data() {
    return data;
  }

  /** Returns the paths that a command on this model reads. */
  List<NamedPath> locations(JobSettings settings) {
    return Stream.concat(
            NamedPath.all("data.test", settings.data().test().locations()).stream(),
            Stream.of(model).filter(ModelOptions::isPath).map(ModelOptions::named))
        .toList();
  }

  private static NamedPath named(String path) {
    return new NamedPath("--model", path);
  }

  /** Returns whether a model is given by the path of its file instead of the id of a run. */
  static boolean isPath(String model) {
    return model.contains("/") || model.endsWith(".zip") || model.endsWith(".npz");
  }
}
