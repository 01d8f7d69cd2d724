package io.meanfield.cli;

import io.meanfield.data.idx.IdxSource;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a job of a scheduler: partitions of 6,000 digits arrive in {@code in}. */
record ScheduledDigits(Path folder) {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath();

  /** Writes the job and returns its file. */
  Path writeJob() throws IOException {
    Path digits = Mnist.FOLDER.toAbsolutePath();
    return Files.writeString(
        folder.resolve("job.conf"),
        "include file(\""
            + REPOSITORY.resolve("jobs/mnist-retrain.conf")
            + "\")\nretrain { input = in, start = cold }\ntrain { epochs = 6, batch-size = 16 }\n"
            + "data.test { images = \""
            + digits.resolve("t10k-images-idx3-ubyte")
            + "\", labels = \""
            + digits.resolve("t10k-labels-idx1-ubyte")
            + "\" }\n");
  }

  /** Returns a file of jobs/schedule with the paths of this machine and the job of this folder. */
  String relocated(Path schedule) throws IOException {
    return Files.readString(schedule)
        .replace("/opt/meanfield/jobs/mnist-retrain.conf", writeJob().toString())
        .replace("/opt/meanfield", REPOSITORY.toString())
        .replace("/opt/spark", sparkHome().toString())
        .replace("/usr/lib/jvm/java-17-openjdk-amd64", System.getProperty("java.home"))
        .replaceAll("/var/(lib|log)/meanfield", folder.toString());
  }

  /** Writes the partition of a day and returns its images. */
  Path arrive(String date) throws IOException {
    Path partition = Files.createDirectories(folder.resolve("in/date=" + date));
    IdxSource digits = Mnist.first(6_000);
    Files.copy(Path.of(digits.labels().get(0)), partition.resolve("labels"));
    return Files.copy(Path.of(digits.images().get(0)), partition.resolve("images"));
  }

  private static Path sparkHome() {
    return Path.of(Submit.SPARK_HOME.isEmpty() ? "target/spark" : Submit.SPARK_HOME)
        .toAbsolutePath();
  }
}
