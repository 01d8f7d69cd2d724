package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.Container;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes in two containers whose hosts have one name, and which have the same process id. */
@Tag("cluster")
@Tag("promise")
class ContainerLeaseIT {
  private static final String HOST = "worker";
  // Longer than the time between two heartbeats.
  private static final String TIMEOUT_SECONDS = "6";

  @TempDir private Path folder;

  @BeforeEach
  void assumePossible() {
    Container.assumePossible();
  }

  private static Process start(int port) throws IOException {
    List<String> java =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "@dev/java-options",
            "-cp",
            System.getProperty("java.class.path"),
            LeaseRacer.class.getName(),
            String.valueOf(port),
            TIMEOUT_SECONDS);
    return new ProcessBuilder(Container.command(HOST, java))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private String take(Racer racer) throws IOException {
    racer.send(folder.toString());
    return racer.answer();
  }

  @Test
  void processOfAnotherContainerIsNotTakenForDead() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      Process first = start(server.getLocalPort());
      Racer holder = Racer.accept(server);
      Process second = start(server.getLocalPort());
      try {
        Racer other = Racer.accept(server);
        assertThat(take(holder)).isEqualTo(LeaseRacer.WON);
        assertThat(Files.readString(folder.resolve("lease/000001.json")))
            .contains("\"host\" : \"" + HOST + "\"", "\"pid\" : 1,");
        assertThat(take(other))
            .startsWith("RUN_BUSY")
            .contains("process 1 on " + HOST + " is working on it");
        Container.kill(first);
        assertThat(take(other)).as("after the timeout").isEqualTo(LeaseRacer.WON);
      } finally {
        Container.kill(first);
        Container.kill(second);
      }
    }
  }
}
