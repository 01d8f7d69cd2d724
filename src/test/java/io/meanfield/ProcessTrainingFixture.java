package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxSource;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A training that takes seconds: the first 6,000 digits, three epochs of four rounds. */
final class ProcessTrainingFixture {
  static final int EPOCHS = 3;
  static final int ROUNDS = 4; // of ten minibatches: 2,100 examples a worker are 33 minibatches

  private final Path runs;

  ProcessTrainingFixture(Path runs) {
    this.runs = runs;
  }

  Path directory(String id) {
    return runs.resolve(id);
  }

  /** Starts the training in a process of its own. */
  Submit start(String id, String... more) throws IOException {
    return startOn("local[2]", id, more);
  }

  Submit startOn(String master, String id, String... more) throws IOException {
    return Submit.startShort(master, arguments(id, more));
  }

  /** Starts the training on a terminal of its own. */
  Submit startOnTerminal(int columns, String id, String... more) throws IOException {
    return Submit.startOnTerminal(columns, "local[2]", arguments(id, more));
  }

  String[] arguments(String id, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--conf", "jobs/mnist-train.conf", "--run-id", id));
    for (String assignment : assignments(runs.toString())) {
      arguments.addAll(List.of("--set", assignment));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static List<String> assignments(String runs) {
    return assignments(runs, digits());
  }

  static IdxSource digits() {
    return Mnist.first(6_000);
  }

  /** Returns the settings of the training with runs and digits at other locations. */
  static List<String> assignments(String runs, IdxSource digits) {
    return List.of(
        "train.epochs=" + EPOCHS,
        "train.sync-frequency=10",
        "train.augment { shift = 2, rotate = 10 }",
        "data.balance=class-weights",
        "train.outer-optimizer.name=nesterov", // its momentum must be restored, too
        Mnist.setting("train", digits),
        "run.directory=\"" + runs + "\"");
  }

  /**
   * Asserts that the same command completes the run: bit-identical to an uninterrupted run, with
   * every row once.
   */
  void assertRerunCompletes(String id) throws Exception {
    assertCompletesOn("local[2]", id);
  }

  /**
   * Asserts that the command completes the run on this master: bit-identical to local[2], with
   * every row once.
   */
  void assertCompletesOn(String master, String id, String... more) throws Exception {
    try (Submit running = startOn(master, id, more)) {
      assertComplete(id, running.finish());
    }
  }

  /**
   * Asserts that the run is complete: bit-identical to an uninterrupted run, with every row once.
   */
  void assertComplete(String id, Submit.Finished finished) {
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.err()).isEmpty();
    assertThat(model(directory(id))).isEqualTo(UninterruptedRun.MODEL);
    assertThat(directory(id).resolve("status.json")).content().contains("\"succeeded\"");
    assertThat(table(id, "epochs").select("epoch").collectAsList())
        .hasSize(EPOCHS)
        .doesNotHaveDuplicates();
    assertThat(table(id, "rounds").select("round", "worker").collectAsList())
        .hasSize(EPOCHS * ROUNDS * 2)
        .doesNotHaveDuplicates();
    assertThat(directory(id).resolve("drafts")).doesNotExist();
  }

  private Dataset<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(directory(run).resolve("tables").resolve(name).toString());
  }

  String status(String id) {
    try {
      return Files.readString(directory(id).resolve("status.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the SHA-256 of each complete file of a run, by path. */
  Map<String, String> files(String id) {
    Map<String, String> found = new TreeMap<>();
    Path directory = directory(id);
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path name = directory.relativize(path);
        if (!path.getFileName().toString().startsWith(".") && !name.startsWith("drafts")) {
          found.put(name.toString(), sha256(Files.readAllBytes(path)));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Returns the SHA-256 of the model file, and of the weights and optimizer state in it. */
  static Map<String, String> model(Path run) {
    Map<String, String> entries = new TreeMap<>();
    try (ZipFile zip = new ZipFile(run.resolve("model.zip").toFile())) {
      for (String name : List.of("coefficients.bin", "updaterState.bin")) {
        entries.put(name, sha256(zip.getInputStream(zip.getEntry(name)).readAllBytes()));
      }
      entries.put("model.zip", sha256(Files.readAllBytes(run.resolve("model.zip"))));
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Trains in this process.
   *
   * @param runs any Hadoop path
   */
  static Outcome trainInThisProcess(
      String runs, String id, TrainingListener listener, String... more) {
    List<String> assignments = new ArrayList<>(assignments(runs));
    assignments.addAll(List.of(more));
    JobSettings settings =
        JobSettings.load(
            List.of(new LocalSettingsFile(Path.of("jobs/mnist-train.conf"))), assignments);
    return new TrainJob(TestJobs.context(settings, id), TrainJob.Options.NONE, listener).run();
  }

  /** Returns {@link #model} of a run that was not interrupted. */
  static Map<String, String> uninterruptedModel() {
    return UninterruptedRun.MODEL;
  }

  /** The model of an uninterrupted run, trained once in this process. */
  private static final class UninterruptedRun {
    static final Map<String, String> MODEL = train();

    private static Map<String, String> train() {
      try {
        Path runs = Files.createTempDirectory("uninterrupted");
        trainInThisProcess(runs.toString(), "uninterrupted", new TrainingListener() {});
        return model(runs.resolve("uninterrupted"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
