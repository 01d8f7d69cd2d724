package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/**
 * Debian's cron with tables of its own. A private mount namespace hides the tables, the spool and
 * the process id of the machine's cron, which goes on undisturbed. Needs root.
 */
final class Cron implements AutoCloseable {
  private static final Path DAEMON = Path.of("/usr/sbin/cron");
  private static final String UNSHARE = "unshare";
  private static final long POLL_MILLIS = 50;
  private static final String NAMESPACE =
      """
      set -e
      mount --bind "$1/cron.d" /etc/cron.d
      mount --bind "$1/crontab" /etc/crontab
      mount --bind "$1/spool" /var/spool/cron
      mount --bind "$1/run" /run
      exec /usr/sbin/cron -f
      """;

  private final Process process;

  private Cron(Process process) {
    this.process = process;
  }

  /**
   * Starts cron with a file of /etc/cron.d. Skips the test where that is impossible, unless
   * MEANFIELD_REQUIRE_CRON is 1.
   */
  static Cron start(Path folder, String name, String text) throws Exception {
    assumeTrue(
        isPossible() || "1".equals(System.getenv("MEANFIELD_REQUIRE_CRON")),
        "no cron: install Debian's cron, and run the test as root with the right to mount");
    Files.createDirectories(folder.resolve("cron.d"));
    Files.createDirectories(folder.resolve("spool/crontabs"));
    Files.createDirectories(folder.resolve("run"));
    Files.createFile(folder.resolve("crontab"));
    // Before the start: cron does not notice a file of the second in which it has read the others.
    install(folder, name, text);
    Process process =
        new ProcessBuilder(UNSHARE, "--mount", "sh", "-c", NAMESPACE, "cron", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File("target/cron.log"))
            .start();
    return new Cron(process);
  }

  private static boolean isPossible() throws Exception {
    return Files.isExecutable(DAEMON) && canMount();
  }

  private static boolean canMount() throws Exception {
    try {
      return new ProcessBuilder(UNSHARE, "--mount", "true").start().waitFor() == 0;
    } catch (IOException noUnshare) {
      return false;
    }
  }

  private static void install(Path folder, String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("cron.d").resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** Waits a moment; fails if cron has ended. */
  void keepWaiting() throws InterruptedException {
    boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(ended).as("see target/cron.log").isFalse();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
