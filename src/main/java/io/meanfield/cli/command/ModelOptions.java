package io.meanfield.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of the commands that apply a model to examples. */
public final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description =
          "The id of a run, the path of a model.zip, the folder of a saved model, or a version such"
              + " as NAME@champion.")
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
}
