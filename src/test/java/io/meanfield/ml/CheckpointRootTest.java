package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directories that clients of Spark Connect may name, ROOT being the server's. */
class CheckpointRootTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectories(folder.resolve("runs"));
    Files.createDirectories(folder.resolve("other"));
    Files.createSymbolicLink(root.resolve("link"), folder.resolve("other"));
    Files.createSymbolicLink(root.resolve("inner"), Files.createDirectories(root.resolve("a")));
  }

  private void require(String directory) {
    CheckpointRoot.require(root.toString(), directory.replace("ROOT", root.toString()), HADOOP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROOT",
        "ROOT/",
        "file:ROOT/team",
        "file://ROOT/team/../other",
        "ROOT//a/./b",
        "ROOT/..a",
        "/../ROOT",
        "ROOT/inner/b",
      })
  void directoriesBelowTheRootAreAllowed(String directory) {
    require(directory);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc",
        "runs",
        "ROOT/..",
        "ROOT/../runs2",
        "ROOTs",
        "ROOT/a/../../../etc",
        "ROOT/link",
        "ROOT/link/new",
        "ROOT/%2e%2e/../..",
        "file:ROOT/../other",
      })
  void otherDirectoriesAreRefused(String directory) {
    assertThatThrownBy(() -> require(directory))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "checkpointDir must be "
                + root
                + ", where this server of Spark Connect keeps the runs of its clients, or a"
                + " directory below it, found "
                + directory.replace("ROOT", root.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://a/b", "s p:x", ":"})
  void whatIsNoPathIsRefused(String directory) {
    assertThatThrownBy(() -> require(directory))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("checkpointDir is " + directory + ", which is no directory that");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdfs://localhost:9/../runs/a", "hdfs://localhost:8/runs", "/runs"})
  void otherFileSystemsAndTheirParentsAreRefused(String directory) {
    CheckpointRoot.require("hdfs://localhost:9/runs", "hdfs://localhost:9/a/../runs/b", HADOOP);
    assertThatThrownBy(() -> CheckpointRoot.require("hdfs://localhost:9/runs", directory, HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("or a directory below it, found " + directory);
  }

  @Test
  void aServerWithoutARootAllowsNone() {
    assertThatThrownBy(() -> CheckpointRoot.require("", root.toString(), HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "this server of Spark Connect keeps no runs for its clients; leave checkpointDir and"
                + " runId out, or let the server start with --conf"
                + " spark.meanfield.checkpointRoot=DIRECTORY");
  }
}
