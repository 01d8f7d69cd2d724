package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive elsewhere and trains with it on a cluster of scripts/local-cluster. */
@Tag("cluster")
@Tag("promise")
class ArchiveIT {
  @TempDir private static Path folder;
  private static Path archive;
  private static String master;

  /** An ended process; {@code out} includes its error output. */
  private record Finished(int exitCode, String out) {}

  @BeforeAll
  static void unpackAndStart() throws Exception {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(Path.of("target"), "meanfield-*.tar.gz")) {
      String name = found.iterator().next().toAbsolutePath().toString();
      assertThat(run(Path.of("."), "tar", "-xzf", name, "-C", folder.toString()).exitCode())
          .isZero();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "meanfield-*")) {
      archive = found.iterator().next();
    }
    Finished started = cluster("start");
    assertThat(started.exitCode()).as(started.out()).isZero();
    master = started.out().strip();
  }

  @AfterAll
  static void stop() throws Exception {
    assertThat(cluster("stop")).isEqualTo(new Finished(0, "stopped\n"));
    assertThat(cluster("status")).isEqualTo(new Finished(1, "the local cluster does not run\n"));
    assertThat(cluster("stop")).isEqualTo(new Finished(0, "the local cluster did not run\n"));
  }

  private static Finished cluster(String command) throws Exception {
    return run(archive, "scripts/local-cluster", command);
  }

  private static Finished run(Path directory, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    String spark = Submit.SPARK_HOME.isEmpty() ? "target/spark" : Submit.SPARK_HOME;
    builder.environment().put("SPARK_HOME", Path.of(spark).toAbsolutePath().toString());
    builder.environment().put("MEANFIELD_LOCAL_CLUSTER", folder.resolve("cluster").toString());
    // A file instead of a pipe: the processes of the cluster outlive the command.
    Path output = Files.createTempFile(folder, "run", ".out");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int exitCode = process.waitFor();
    return new Finished(exitCode, Files.readString(output, StandardCharsets.UTF_8));
  }

  private static Finished train(String id, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("scripts/submit"));
    command.addAll(List.of(options));
    command.addAll(List.of("train", "--conf", conf().toString(), "--run-id", id));
    return run(archive, command.toArray(String[]::new));
  }

  private static Path conf() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("include file(\"" + archive.resolve("jobs/mnist-train.conf") + "\")"));
    lines.addAll(
        ProcessTrainingFixture.assignments(
            folder.resolve("runs").toString(), ProcessTrainingFixture.digits()));
    return Files.write(folder.resolve("archive.conf"), lines);
  }

  @Test
  void clusterGivesTheBitsOfTheLocalMaster() throws Exception {
    Finished cluster = train("cluster", "--master", master);
    assertThat(cluster.exitCode()).as(cluster.out()).isZero();
    assertThat(ProcessTrainingFixture.model(folder.resolve("runs/cluster")))
        .isEqualTo(ProcessTrainingFixture.uninterruptedModel());
  }

  @Test
  void secondStartReportsTheRunningCluster() throws Exception {
    assertThat(cluster("start"))
        .isEqualTo(new Finished(0, "the local cluster runs already\n" + master + "\n"));
    assertThat(cluster("status")).isEqualTo(new Finished(0, master + "\n"));
  }

  @Test
  void archiveContainsWhatAGatewayMachineNeeds() {
    for (String file :
        List.of(
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "LICENSE",
            "NOTICE",
            "licenses/pytorch.txt",
            "bom.json",
            "conf/defaults.conf",
            "docs/clusters.md",
            "jobs/mnist-train.conf",
            "jobs/schedule/cron",
            "scripts/spark-class")) {
      assertThat(archive.resolve(file)).isNotEmptyFile();
    }
  }
}
