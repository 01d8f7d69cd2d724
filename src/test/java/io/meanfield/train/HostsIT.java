package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on several hosts, network namespaces of this machine, of which one vanishes. */
@Tag("cluster")
@Tag("promise")
class HostsIT {
  @TempDir private Path folder;

  @Test
  void hostThatVanishesChangesNoWeights() throws Exception {
    Path log = folder.resolve("hosts.log");
    int exitCode =
        new ProcessBuilder("dev/hosts", "2", "1", "hdfs")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    String text = Files.readString(log);
    assumeFalse(text.startsWith("skipped: "), text);
    assertThat(exitCode).as(text).isZero();
    assertThat(text)
        .containsPattern("\n1: exit code 0 after ")
        .containsPattern("\nhdfs: exit code 1 after ")
        .endsWith("the weights are the same\n");
  }
}
