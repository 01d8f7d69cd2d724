package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.data.idx.IdxSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;

/**
 * The training of {@link ProcessTrainingFixture} on YARN, with data, runs and settings on HDFS: the
 * settings are in {@code hdfs:///jobs/job.conf}.
 */
final class HdfsTraining {
  private static final IdxSource DATA =
      new IdxSource("hdfs:///data/images", Optional.of("hdfs:///data/labels"));

  private final MiniCluster cluster;
  private final Path folder;
  private final List<String> options;

  private HdfsTraining(MiniCluster cluster, Path folder, List<String> options) {
    this.cluster = cluster;
    this.folder = folder;
    this.options = options;
  }

  /**
   * Copies data and settings to HDFS.
   *
   * @param options of spark-submit for every command, besides those of the cluster
   */
  static HdfsTraining prepare(MiniCluster cluster, Path folder, List<String> options)
      throws IOException {
    IdxSource digits = ProcessTrainingFixture.digits();
    cluster.upload(Path.of(digits.images().get(0)), "/data/images");
    cluster.upload(Path.of(digits.labels().get(0)), "/data/labels");
    cluster.upload(Mnist.FOLDER.resolve("t10k-images-idx3-ubyte"), "/data/test-images");
    cluster.upload(Mnist.FOLDER.resolve("t10k-labels-idx1-ubyte"), "/data/test-labels");
    cluster.upload(Path.of("jobs/mnist.conf"), "/jobs/mnist.conf");
    cluster.upload(Path.of("jobs/mnist-train.conf"), "/jobs/mnist-train.conf");
    Path job = folder.resolve("job.conf");
    List<String> lines = new ArrayList<>(List.of("include \"mnist-train.conf\""));
    lines.addAll(ProcessTrainingFixture.assignments("hdfs:///runs", DATA));
    Files.write(job, lines);
    cluster.upload(job, "/jobs/job.conf");
    return new HdfsTraining(cluster, folder, options);
  }

  Submit start(String deployMode, String id, String... more) throws IOException {
    return startWith(List.of(), deployMode, id, more);
  }

  /** Starts the training with further options of spark-submit. */
  Submit startWith(List<String> further, String deployMode, String id, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "--conf", "hdfs:///jobs/job.conf"));
    arguments.addAll(List.of("--run-id", id));
    arguments.addAll(List.of(more));
    return submit(further, deployMode, arguments);
  }

  /** Runs another command and asserts that it succeeds. */
  void run(String deployMode, String command, String id, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command, "--run-id", id));
    arguments.addAll(List.of(more));
    try (Submit running = submit(List.of(), deployMode, arguments)) {
      assertSucceeded(id, running.finish());
    }
  }

  /** Runs {@code evaluate} or {@code predict} with a model and the test digits. */
  void score(String deployMode, String command, String id, String model) throws Exception {
    run(
        deployMode,
        command,
        id,
        "--model",
        model,
        "--set",
        "run.directory=hdfs:///runs",
        "--set",
        "data.format=idx",
        "--data",
        "hdfs:///data/test-images",
        "hdfs:///data/test-labels");
  }

  private Submit submit(List<String> further, String deployMode, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(cluster.options(deployMode));
    all.addAll(options);
    all.addAll(further);
    return Submit.startIn(cluster.environment(), all, arguments.toArray(String[]::new));
  }

  /** Asserts that exit code, status.json and YARN report success. */
  void assertSucceeded(String id, Submit.Finished finished) throws Exception {
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(status(id).get("state").asText()).isEqualTo("succeeded");
    assertThat(cluster.application(id).getFinalApplicationStatus())
        .isEqualTo(FinalApplicationStatus.SUCCEEDED);
  }

  void assertTrainedToTheBitsOfLocalMode(String id) throws IOException {
    Path local = Files.createDirectories(folder.resolve("models").resolve(id));
    cluster
        .fileSystem()
        .copyToLocalFile(
            hdfs("/runs/" + id + "/model.zip"), new org.apache.hadoop.fs.Path(local.toUri()));
    assertThat(ProcessTrainingFixture.model(local))
        .isEqualTo(ProcessTrainingFixture.uninterruptedModel());
  }

  /** Asserts that evaluating the test digits gave the accuracy of a trained model. */
  void assertEvaluated(String id) throws IOException {
    assertThat(status(id).at("/metrics/accuracy").asDouble()).isBetween(0.5, 1.0);
  }

  /** Asserts that {@code predict} wrote its table. */
  void assertPredicted(String id) throws IOException {
    assertThat(cluster.fileSystem().listStatus(hdfs("/runs/" + id + "/tables/predictions")))
        .isNotEmpty();
  }

  JsonNode status(String id) throws IOException {
    try (InputStream in = cluster.fileSystem().open(hdfs("/runs/" + id + "/status.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** Waits until a training has completed its first epoch. */
  void awaitFirstEpoch(String id, Submit running) throws IOException {
    while (!cluster.fileSystem().exists(hdfs("/runs/" + id + "/epochs/000001.json"))) {
      running.requireAlive();
      LockSupport.parkNanos(MiniCluster.POLL_NANOS);
    }
  }

  private static org.apache.hadoop.fs.Path hdfs(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }
}
