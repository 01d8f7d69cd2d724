package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxSource;
import io.meanfield.fixture.HdfsTraining;
import io.meanfield.fixture.MiniCluster;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs jobs on YARN, with data, runs and settings on HDFS, in both deploy modes. */
@Tag("cluster")
class YarnIT {

  @TempDir private static Path folder;

  private static MiniCluster cluster;
  private static HdfsTraining training;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = MiniCluster.start(folder);
    training = HdfsTraining.prepare(cluster, folder, List.of());
  }

  @AfterAll
  static void stopCluster() throws IOException {
    cluster.close();
  }

  @Test
  void trainingInClientModeHasTheBitsOfLocalMode() throws Exception {
    String id = "in-client-mode";
    try (Submit running = training.start("client", id)) {
      Submit.Finished finished = running.finish();
      training.assertSucceeded(id, finished);
      assertThat(finished.out())
          .startsWith("run      " + id + "\n")
          .contains("\ndone     trained 3");
    }
    assertThat(MiniCluster.attempts(cluster.application(id))).isEqualTo(1);
    training.assertTrainedToTheBitsOfLocalMode(id);
  }

  @Test
  @Tag("promise")
  void driverThatRefusesItsDataReturnsItsExitCodeAndMessage() throws Exception {
    try (Submit running =
        training.start("cluster", "no-data", "--set", "data.train.images=hdfs:///no/images")) {
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
    assertThat(cluster.fileSystem().exists(new org.apache.hadoop.fs.Path("/runs/no-data")))
        .isFalse();
  }

  @Test
  @Tag("promise")
  void killedApplicationMasterIsContinuedByTheNextAttempt() throws Exception {
    try (Submit running = training.start("cluster", "killed-master")) {
      training.awaitFirstEpoch("killed-master", running);
      cluster.kill("ApplicationMaster --class io.meanfield.cli.Meanfield");
      training.assertSucceeded("killed-master", running.finish());
    }
    assertThat(MiniCluster.attempts(cluster.application("killed-master"))).isEqualTo(2);
    training.assertTrainedToTheBitsOfLocalMode("killed-master");
  }

  @Test
  @Tag("promise")
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
    try (Submit running = training.startWith(options, "cluster", "killed-executor")) {
      training.awaitFirstEpoch("killed-executor", running);
      cluster.kill(MiniCluster.EXECUTOR);
      training.assertSucceeded("killed-executor", running.finish());
    }
    training.assertTrainedToTheBitsOfLocalMode("killed-executor");
  }

  @Test
  void decisionsOfRetrainReachTheShellAndYarn() throws Exception {
    cluster.upload(Path.of("jobs/mnist-retrain.conf"), "/jobs/mnist-retrain.conf");
    IdxSource digits = Mnist.first(2_000);
    Path images = Path.of(digits.images().get(0));
    Path labels = Path.of(digits.labels().get(0));
    arrive("2026-01-01", images, labels);
    assertNight("2026-01-01", 0, FinalApplicationStatus.SUCCEEDED, "done     promoted mnist@1: ");
    assertNight("2026-01-02", 99, FinalApplicationStatus.SUCCEEDED, "done     no new data up to ");
    byte[] whole = Files.readAllBytes(images);
    Path half = Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
    arrive("2026-01-03", half, labels);
    assertNight("2026-01-03", 3, FinalApplicationStatus.FAILED, "date=2026-01-03/images is cut");
    assertThat(
            cluster.fileSystem().listStatus(new org.apache.hadoop.fs.Path("/models/mnist/history")))
        .hasSize(1);
  }

  private static void arrive(String date, Path images, Path labels) throws IOException {
    cluster.upload(images, "/in/date=" + date + "/images");
    cluster.upload(labels, "/in/date=" + date + "/labels");
  }

  private static void assertNight(
      String date, int exitCode, FinalApplicationStatus status, String message) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("retrain", "--conf", "hdfs:///jobs/mnist-retrain.conf", "--date", date));
    for (String setting :
        List.of(
            "run.directory=hdfs:///runs",
            "registry.directory=hdfs:///models",
            "retrain { input = \"hdfs:///in\", floor = 0.3 }",
            "data.test.images=hdfs:///data/test-images",
            "data.test.labels=hdfs:///data/test-labels",
            "train.epochs=1")) {
      arguments.addAll(List.of("--set", setting));
    }
    try (Submit running =
        Submit.startIn(
            cluster.environment(), cluster.options("cluster"), arguments.toArray(String[]::new))) {
      Submit.Finished night = running.finish();
      assertThat(night.exitCode()).as(night.out() + night.err()).isEqualTo(exitCode);
      assertThat(night.out() + night.err()).contains(message);
    }
    assertThat(cluster.application("mnist-" + date).getFinalApplicationStatus()).isEqualTo(status);
  }
}
