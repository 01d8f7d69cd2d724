package io.meanfield.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends signals to processes whose last write hangs. */
@Tag("cluster")
@Tag("promise")
class SignalsIT {
  private static final String STALLED =
      "error: interrupted by SIGTERM, but the file system of the run does not answer, so the lease"
          + " may not be released; the same command continues, on another host after 30 seconds";

  @TempDir private Path folder;

  private Process process;
  private BufferedReader out;

  private void start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            "env",
            "--default-signal=INT", // a build in the background ignores it, as its children do
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).start();
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

  private void assertEndsInterrupted() throws Exception {
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  /** Sends a signal and, when the last write has begun, another one. */
  private void interruptTwice(String first, String second) throws Exception {
    start(SecondSignalMain.class);
    assertThat(out.readLine()).isEqualTo("ready");
    signal(first);
    assertThat(out.readLine()).isEqualTo("writing");
    signal(second);
    assertEndsInterrupted();
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

  /**
   * Interrupts a job whose disk does not answer for these files, and whose process a signal ends in
   * some seconds.
   *
   * @return the last message
   */
  private String interruptStalled(String files, int seconds) throws Exception {
    start(StalledJobMain.class, folder.toString(), files, String.valueOf(seconds));
    assertThat(out.readLine()).isEqualTo("writing");
    signal("TERM");
    assertEndsInterrupted();
    List<String> messages = out.lines().toList();
    assertThat(messages).hasSize(1);
    assertThat(folder.resolve("run/lease/000001.released")).doesNotExist();
    return messages.get(0);
  }

  private String status() throws IOException {
    return Files.readString(folder.resolve("run/status.json"));
  }

  @Test
  void writeThatDoesNotReturnIsLeftAndTheInterruptionRecorded() throws Exception {
    String message = "interrupted by SIGTERM; the same command starts run run from the beginning";
    assertThat(interruptStalled("model.zip", 60)).isEqualTo("error: " + message);
    assertThat(status()).contains("\"failed\"", "\"interrupted\"", message);
    assertThat(folder.resolve("run/model.zip")).doesNotExist();
  }

  @Test
  void processEndsAtItsLimitIfTheInterruptionCannotBeRecorded() throws Exception {
    assertThat(interruptStalled("model.zip,status.json", 2)).isEqualTo(STALLED);
    assertThat(status()).contains("\"running\"");
    assertThat(folder.resolve("run/model.zip")).doesNotExist();
  }

  @Test
  void processEndsAtItsLimitIfTheEndOfTheJobCannotBeRecorded() throws Exception {
    assertThat(interruptStalled("status.json", 2)).isEqualTo(STALLED);
    assertThat(status()).contains("\"running\"");
    assertThat(folder.resolve("run/model.zip")).exists();
  }
}
