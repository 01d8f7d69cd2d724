package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.fixture.StandaloneCluster;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains on a standalone cluster with the settings of conf/cluster.conf, and looks for secrets in
 * everything that the processes write.
 */
@Tag("cluster")
class SecureClusterIT {
  private static final String PLANTED = "planted4711";
  private static final String ENCRYPTION_KEY = "spark.hadoop.fs.s3a.encryption.key";

  @TempDir private static Path folder;
  @TempDir private static Path written;

  private static StandaloneCluster cluster;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(written);

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = StandaloneCluster.start(secrets("secure.conf"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  /** Copies conf/cluster.conf into a file of the owner, as docs/clusters.md says, with secrets. */
  private static Path secrets(String name, String... more) throws IOException {
    Path file =
        Files.createFile(
            folder.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("conf/cluster.conf")));
    for (String key :
        List.of(
            "spark.authenticate.secret",
            "spark.hadoop.fs.s3a.access.key",
            "spark.hadoop.fs.s3a.secret.key",
            ENCRYPTION_KEY,
            "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net",
            "spark.hadoop.fs.gs.auth.service.account.private.key")) {
      lines.add(key + " " + PLANTED);
    }
    lines.addAll(List.of(more));
    return Files.write(file, lines);
  }

  private static Submit start(List<String> options, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", cluster.master()));
    all.addAll(List.of("--driver-memory", "512m", "--executor-memory", "900m"));
    all.addAll(Submit.FAST_START_OPTIONS);
    all.addAll(options);
    return Submit.startIn(
        Map.of(
            "SPARK_HOME",
            Submit.SPARK_HOME,
            "SPARK_LOCAL_IP",
            StandaloneCluster.HOST,
            "AWS_SECRET_ACCESS_KEY",
            PLANTED),
        all,
        arguments);
  }

  private static String[] train(String id) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train", "--conf", Path.of("jobs/mnist-train.conf").toAbsolutePath().toString()));
    for (String assignment :
        ProcessTrainingFixture.assignments(written.toString(), ProcessTrainingFixture.digits())) {
      arguments.addAll(List.of("--set", assignment));
    }
    arguments.addAll(List.of("--run-id", id, "--report", written.resolve(id + ".json").toString()));
    return arguments.toArray(String[]::new);
  }

  private void assertTrainedToTheBitsOfLocalMode(String id, Submit.Finished finished) {
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(ProcessTrainingFixture.model(training.directory(id)))
        .isEqualTo(ProcessTrainingFixture.uninterruptedModel());
  }

  /** Asserts that no secret is in the output, in a file of the run, or in a log. */
  private static void assertNoSecretIn(Submit.Finished finished) throws IOException {
    assertThat(finished.out() + finished.err()).doesNotContain(PLANTED);
    List<Path> files = new ArrayList<>(cluster.logs());
    try (Stream<Path> all = Files.walk(written)) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(10);
    for (Path file : files) {
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain(PLANTED);
    }
  }

  private static List<String> commandLines() {
    return ProcessHandle.allProcesses()
        .map(process -> Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
        .map(SecureClusterIT::readIfAlive)
        .toList();
  }

  private static String readIfAlive(Path commandLine) {
    try {
      return Files.readString(commandLine, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  @Test
  @Tag("promise")
  void clientTrainsToTheBitsOfLocalModeAndShowsNoSecret() throws Exception {
    Path events = Files.createDirectory(written.resolve("events"));
    Path conf =
        secrets(
            "verbose.conf",
            "spark.log.level INFO",
            "spark.logConf true",
            "spark.eventLog.enabled true",
            "spark.eventLog.compress false",
            "spark.eventLog.dir " + events.toUri());
    try (Submit running = start(List.of("--properties-file", conf.toString()), train("client"))) {
      running.awaitLine(line -> line.startsWith("epoch   1/"));
      assertThat(commandLines())
          .anyMatch(line -> line.contains("CoarseGrainedExecutorBackend"))
          .noneMatch(line -> line.contains(PLANTED));
      Submit.Finished finished = running.finish();
      assertTrainedToTheBitsOfLocalMode("client", finished);
      // The secrets were known to Spark, which prints all settings at the level INFO.
      assertThat(finished.err()).contains(ENCRYPTION_KEY + "=*********(redacted)");
      assertNoSecretIn(finished);
    }
  }

  @Test
  void driverOnTheClusterTrainsToTheBitsOfLocalModeAndShowsNoSecret() throws Exception {
    Path conf = folder.resolve("secure.conf");
    List<String> options =
        List.of("--deploy-mode", "cluster", "--properties-file", conf.toString());
    try (Submit running = start(options, train("driver"))) {
      Submit.Finished finished = running.finish();
      assertTrainedToTheBitsOfLocalMode("driver", finished);
      assertThat(finished.out())
          .startsWith("run      driver\n")
          .contains("\ndone     trained 3 epochs");
      assertThat(cluster.driverStates()).endsWith("FINISHED");
      assertNoSecretIn(finished);
    }
  }

  @Test
  void clientsWithoutTheSecretOrWithWeakerEncryptionAreRefused() throws Exception {
    List<String> secure = List.of("--properties-file", folder.resolve("secure.conf").toString());
    Map<String, Submit> clients = new LinkedHashMap<>();
    try {
      // At the same time, because Spark tries for a minute.
      clients.put("no-secret", start(List.of(), train("no-secret")));
      for (String weaker : List.of("enabled=false", "cipher=AES/CTR/NoPadding")) {
        List<String> options = new ArrayList<>(secure);
        options.addAll(List.of("--conf", "spark.network.crypto." + weaker));
        String id = weaker.replaceAll("\\W", "-");
        clients.put(id, start(options, train(id)));
      }
      for (Map.Entry<String, Submit> client : clients.entrySet()) {
        assertRefused(client.getKey(), client.getValue().finish());
      }
    } finally {
      for (Submit client : clients.values()) {
        client.close();
      }
    }
  }

  private void assertRefused(String id, Submit.Finished finished) {
    assertThat(finished.exitCode()).as(id + finished.err()).isEqualTo(1);
    assertThat(finished.err())
        .as(id)
        .contains("All masters are unresponsive! Giving up.")
        .endsWith(
            "error: Spark ended the application before the command was done (its log has the"
                + " reason); check that the master "
                + cluster.master()
                + " runs, and that spark.authenticate.secret, if it has one, is the same here"
                + " (docs/clusters.md#security)\n");
    assertThat(training.directory(id).resolve("model.zip")).doesNotExist();
  }
}
