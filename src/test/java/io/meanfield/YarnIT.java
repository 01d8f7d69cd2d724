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
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs jobs on YARN, with data, runs and settings on HDFS, in both deploy modes. */
@Tag("cluster")
class YarnIT {
  private static final IdxSource ON_HDFS =
      new IdxSource("hdfs:///data/images", Optional.of("hdfs:///data/labels"));

  @TempDir private static Path folder;

  private static MiniCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = MiniCluster.start(folder);
    IdxSource digits = ProcessTrainingFixture.digits();
    cluster.upload(Path.of(digits.images()), "/data/images");
    cluster.upload(Path.of(digits.labels().orElseThrow()), "/data/labels");
    cluster.upload(Path.of("jobs/mnist.conf"), "/jobs/mnist.conf");
    cluster.upload(Path.of("jobs/mnist-train.conf"), "/jobs/mnist-train.conf");
    Path job = folder.resolve("job.conf");
    List<String> lines = new ArrayList<>(List.of("include \"mnist-train.conf\""));
    lines.addAll(ProcessTrainingFixture.assignments("hdfs:///runs", ON_HDFS));
    Files.write(job, lines);
    cluster.upload(job, "/jobs/job.conf");
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  private static Submit train(String deployMode, String id, List<String> options, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("train", "--conf", "hdfs:///jobs/job.conf"));
    arguments.addAll(List.of("--run-id", id));
    arguments.addAll(List.of(more));
    return start(deployMode, options, arguments);
  }

  private static Submit start(String deployMode, List<String> more, List<String> arguments)
      throws IOException {
    List<String> options = new ArrayList<>(cluster.options(deployMode));
    options.addAll(more);
    return Submit.startIn(cluster.environment(), options, arguments.toArray(String[]::new));
  }

  private static void assertSucceeded(String id, Submit.Finished finished) throws Exception {
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(status(id).get("state").asText()).isEqualTo("succeeded");
    assertThat(cluster.application(id).getFinalApplicationStatus())
        .isEqualTo(FinalApplicationStatus.SUCCEEDED);
  }

  private static void assertTrainedToTheBitsOfLocalMode(String id) throws IOException {
    Path local = Files.createDirectories(folder.resolve("models").resolve(id));
    cluster
        .fileSystem()
        .copyToLocalFile(
            hdfs("/runs/" + id + "/model.zip"), new org.apache.hadoop.fs.Path(local.toUri()));
    assertThat(ProcessTrainingFixture.model(local))
        .isEqualTo(ProcessTrainingFixture.uninterruptedModel());
  }

  private static org.apache.hadoop.fs.Path hdfs(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  private static JsonNode status(String id) throws IOException {
    try (InputStream in = cluster.fileSystem().open(hdfs("/runs/" + id + "/status.json"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static void awaitFile(String path, Submit running) throws IOException {
    while (!cluster.fileSystem().exists(hdfs(path))) {
      running.requireAlive();
      LockSupport.parkNanos(MiniCluster.POLL_NANOS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void trainingHasTheBitsOfLocalMode(String deployMode) throws Exception {
    String id = "in-" + deployMode + "-mode";
    try (Submit running = train(deployMode, id, List.of())) {
      Submit.Finished finished = running.finish();
      assertSucceeded(id, finished);
      assertThat(finished.out())
          .startsWith("run      " + id + "\n")
          .contains("\ndone     trained 3");
    }
    assertThat(MiniCluster.attempts(cluster.application(id))).isEqualTo(1);
    assertTrainedToTheBitsOfLocalMode(id);
  }

  @Test
  void driverThatRefusesItsDataReturnsItsExitCodeAndMessage() throws Exception {
    try (Submit running =
        train("cluster", "no-data", List.of(), "--set", "data.train.images=hdfs:///no/images")) {
      Submit.Finished finished = running.finish();
      assertThat(finished.exitCode()).as(finished.err()).isEqualTo(2);
      assertThat(finished.err())
          .endsWith(
              "error: found neither hdfs:///no/images nor images.gz beside it; set data.train and"
                  + " data.test, or run scripts/fetch-mnist\n");
    }
    ApplicationReport application = cluster.application("no-data");
    assertThat(application.getFinalApplicationStatus()).isEqualTo(FinalApplicationStatus.FAILED);
    assertThat(MiniCluster.attempts(application)).isLessThanOrEqualTo(2);
    assertThat(cluster.fileSystem().exists(hdfs("/runs/no-data"))).isFalse();
  }

  @Test
  void wrongSettingsAreRefusedBeforeTheSubmission() throws Exception {
    try (Submit running = train("cluster", "typo", List.of(), "--set", "train.epoch=3")) {
      running
          .finish()
          .assertFailed(
              2, "unknown key train.epoch; did you mean train.epochs? (--set train.epoch=3: 1)");
    }
  }

  @Test
  void killedApplicationMasterIsContinuedByTheNextAttempt() throws Exception {
    try (Submit running = train("cluster", "killed-master", List.of())) {
      awaitFile("/runs/killed-master/epochs/000001.json", running);
      cluster.kill("ApplicationMaster --class io.meanfield.cli.Meanfield");
      assertSucceeded("killed-master", running.finish());
    }
    assertThat(MiniCluster.attempts(cluster.application("killed-master"))).isEqualTo(2);
    assertTrainedToTheBitsOfLocalMode("killed-master");
  }

  @Test
  void killedExecutorChangesNoBitUnderDynamicAllocationSpeculationAndDecommissioning()
      throws Exception {
    List<String> options = new ArrayList<>();
    for (String setting :
        List.of(
            "spark.dynamicAllocation.enabled=true",
            "spark.dynamicAllocation.shuffleTracking.enabled=true",
            "spark.dynamicAllocation.executorIdleTimeout=2s",
            "spark.dynamicAllocation.maxExecutors=2",
            "spark.speculation=true",
            "spark.decommission.enabled=true")) {
      options.addAll(List.of("--conf", setting));
    }
    try (Submit running = train("cluster", "killed-executor", options)) {
      awaitFile("/runs/killed-executor/epochs/000001.json", running);
      cluster.kill("YarnCoarseGrainedExecutorBackend");
      assertSucceeded("killed-executor", running.finish());
    }
    assertTrainedToTheBitsOfLocalMode("killed-executor");
  }

  @Test
  void preparedDataTrainAModelThatEvaluatesAndPredicts() throws Exception {
    run("prepare", "digits", "--conf", "hdfs:///jobs/job.conf");
    run(
        "train",
        "from-prepared",
        "--conf",
        "hdfs:///jobs/job.conf",
        "--set",
        "data.format=prepared",
        "--set",
        "data.train.name=digits");
    assertTrainedToTheBitsOfLocalMode("from-prepared");
    cluster.upload(Mnist.FOLDER.resolve("t10k-images-idx3-ubyte"), "/data/test-images");
    cluster.upload(Mnist.FOLDER.resolve("t10k-labels-idx1-ubyte"), "/data/test-labels");
    for (String command : List.of("evaluate", "predict")) {
      run(
          command,
          command + "-digits",
          "--model",
          "from-prepared",
          "--set",
          "run.directory=hdfs:///runs",
          "--set",
          "data.format=idx",
          "--data",
          "hdfs:///data/test-images",
          "hdfs:///data/test-labels");
    }
    assertThat(cluster.fileSystem().listStatus(hdfs("/runs/predict-digits/tables/predictions")))
        .isNotEmpty();
    assertThat(status("evaluate-digits").at("/metrics/accuracy").asDouble()).isBetween(0.5, 1.0);
  }

  private static void run(String command, String id, String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command, "--run-id", id));
    arguments.addAll(List.of(more));
    try (Submit running = start("cluster", List.of(), arguments)) {
      assertSucceeded(id, running.finish());
    }
  }
}
