package io.meanfield.fuzz;

import io.meanfield.pipeline.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.nio.file.Path;
import java.util.List;

/** A settings file of a user. */
final class SettingsTarget implements Target {
  private static final String DIGITS =
      """
      include "common-job.conf"

      # LeNet
      data.validation-fraction = 0.05
      network {
        input = [28, 28, 1]
        layers = [
          { conv2d = 20, kernel = [5, 5], activation = relu }
          { max-pooling2d = [2, 2] }
          { flatten = true }
          { dropout = 0.4 }
          { dense = 10, activation = softmax }
        ]
        optimizer { name = adam, schedule { name = cosine, decay-steps = 5400, alpha = 0.02 } }
      }
      train { epochs = 12, workers = 2, batch-size = 64 }
      """;
  private static final String TABLE =
      """
      data {
        format = csv
        train.path = ${root}/train.csv
        test.path = [a.csv, "b c.csv"]
        columns { id = account, label = churned, categorical = [plan, country], exclude = [note] }
      }
      root = data
      network {
        layers = [{ dense = 32, activation = relu }, { dense = 1, activation = sigmoid }]
        loss = binary_crossentropy
        optimizer { name = adam, learning-rate = 0.003 }
      }
      train { epochs = 30, early-stopping { monitor = loss, patience = 3 }, threshold = 0.25 }
      run.seed = 7
      """;

  private final Path file;

  SettingsTarget(Path folder) {
    // Its name ends with that of the file that includes it: a message about one of its settings, to
    // which the other file gives a wrong place, names only this one.
    Fixtures.write(folder.resolve("common-job.conf"), "data { format = idx, train.images = i }\n");
    this.file = Fixtures.write(folder.resolve("job.conf"), DIGITS);
  }

  @Override
  public Sample sample() {
    return new Sample(file, List.of(Fixtures.bytes(DIGITS), Fixtures.bytes(TABLE)));
  }

  @Override
  public boolean listsProblems() {
    return true;
  }

  @Override
  public void read() {
    JobSettings.load(List.of(new LocalSettingsFile(file)), List.of());
  }
}
