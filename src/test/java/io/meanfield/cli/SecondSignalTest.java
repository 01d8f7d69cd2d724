package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends two signals to a process whose last write hangs. */
class SecondSignalTest {
  private final Process process;
  private final BufferedReader out;

  SecondSignalTest() throws IOException {
    process =
        new ProcessBuilder(
                "env",
                "--default-signal=INT", // a build in the background ignores it, as its children do
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SecondSignalMain.class.getName())
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  private void signal(String name) throws Exception {
    List<String> command = List.of("kill", "-" + name, String.valueOf(process.pid()));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  /** Sends a signal and, when the last write has begun, another one. */
  private void interruptTwice(String first, String second) throws Exception {
    assertThat(out.readLine()).isEqualTo("ready");
    signal(first);
    assertThat(out.readLine()).isEqualTo("writing");
    signal(second);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(out.lines()).isEmpty();
  }

  @Test
  void anotherSignalEndsTheProcessAtOnceAndSaysSo() throws Exception {
    interruptTwice("TERM", "INT");
    assertThat(process.errorReader(StandardCharsets.UTF_8).lines())
        .contains(
            "error: ended by SIGINT before the files of the last epoch were complete; the same"
                + " command continues");
  }

  @Test
  void sameSignalEndsTheProcessAtOnce() throws Exception {
    interruptTwice("INT", "INT");
  }
}
