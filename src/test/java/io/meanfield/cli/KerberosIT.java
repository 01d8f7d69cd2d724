package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.HdfsTraining;
import io.meanfield.fixture.Kdc;
import io.meanfield.fixture.MiniCluster;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs jobs on HDFS and YARN that demand Kerberos. */
@Tag("cluster")
class KerberosIT {
  /** How long tickets and HDFS' delegation tokens live; nothing renews a token beyond that. */
  private static final Duration LIFETIME = Duration.ofSeconds(90);

  @TempDir private static Path folder;

  @AutoClose private static Kdc kdc;
  @AutoClose private static MiniCluster cluster;
  private static HdfsTraining training;

  @BeforeAll
  static void startCluster() throws IOException {
    kdc = Kdc.start(folder, LIFETIME);
    cluster = MiniCluster.startSecured(folder, kdc);
    training =
        HdfsTraining.prepare(
            cluster, folder, List.of("--principal", Kdc.USER, "--keytab", kdc.keytab().toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void trainingThatOutlivesItsTicketHasTheBitsOfLocalMode(String deployMode) throws Exception {
    String id = "outlives-in-" + deployMode + "-mode";
    try (Submit running = training.start(deployMode, id)) {
      haltUntilTicketsExpire(id, running);
      training.assertSucceeded(id, running.finish());
    }
    assertThat(MiniCluster.attempts(cluster.application(id))).isEqualTo(1);
    training.assertTrainedToTheBitsOfLocalMode(id);
    training.score(deployMode, "evaluate", "evaluate-" + id, id);
    training.assertEvaluated("evaluate-" + id);
    training.score(deployMode, "predict", "predict-" + id, id);
    training.assertPredicted("predict-" + id);
    training.run(deployMode, "prepare", "prepare-" + id, "--conf", "hdfs:///jobs/job.conf");
  }

  /** Stops the executors until every ticket and token that they have is expired. */
  private static void haltUntilTicketsExpire(String id, Submit running)
      throws IOException, InterruptedException {
    training.awaitFirstEpoch(id, running);
    Instant expired = Instant.now().plus(LIFETIME);
    cluster.signal("STOP", MiniCluster.EXECUTOR);
    while (Instant.now().isBefore(expired)) {
      running.requireAlive();
      LockSupport.parkNanos(MiniCluster.POLL_NANOS);
    }
    cluster.signal("CONT", MiniCluster.EXECUTOR);
  }

  @ParameterizedTest
  @CsvSource({
    "client, jobs/mnist-train.conf",
    "cluster, jobs/mnist-train.conf",
    "client, hdfs:///jobs/job.conf"
  })
  void commandWithoutATicketIsRefusedWithOneSentence(String deployMode, String settings)
      throws Exception {
    try (Submit running =
        Submit.startIn(
            cluster.environment(),
            cluster.options(deployMode),
            "train",
            "--conf",
            settings,
            "--set",
            "run.directory=hdfs:///runs",
            "--set",
            "data.train.images=hdfs:///data/images",
            "--set",
            "data.train.labels=hdfs:///data/labels")) {
      running
          .finish()
          .assertFailed(
              2,
              "found no Kerberos ticket, which Hadoop demands (hadoop.security.authentication ="
                  + " kerberos); write --principal NAME --keytab FILE before the command, or call"
                  + " kinit");
    }
  }
}
