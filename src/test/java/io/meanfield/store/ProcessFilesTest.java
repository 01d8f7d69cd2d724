package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFilesTest {
  private static final long SELF = 41;
  private static final long OTHER = 42;
  private static final ProcessFiles.LinuxProcess DESCRIPTION =
      new ProcessFiles.LinuxProcess("6e0a4f0c", "pid:[4026531836] time:[4026531834]", 1_000);

  @TempDir private Path root;

  private ProcessFiles files;

  @BeforeEach
  void mount() throws IOException {
    files = new ProcessFiles(root);
    start(SELF, "S", 12, DESCRIPTION.startTicks());
    Files.createSymbolicLink(root.resolve("self"), Path.of(String.valueOf(SELF)));
    Files.createDirectories(root.resolve("41/ns"));
    Files.createSymbolicLink(root.resolve("41/ns/pid"), Path.of("pid:[4026531836]"));
    Files.createSymbolicLink(root.resolve("41/ns/time"), Path.of("time:[4026531834]"));
    Files.createDirectories(root.resolve("sys/kernel/random"));
    Files.writeString(root.resolve("sys/kernel/random/boot_id"), "6e0a4f0c\n");
    mounted("rw,nosuid,nodev,noexec,relatime");
  }

  private void mounted(String options) throws IOException {
    Files.writeString(
        root.resolve("41/mounts"),
        "overlay / overlay rw 0 0\nproc /proc proc " + options + " 0 0\n");
  }

  private void start(long pid, String state, int threads, long ticks) throws IOException {
    String before = " 1".repeat(16); // the columns 4 to 19
    Files.createDirectories(root.resolve(String.valueOf(pid)));
    Files.writeString(
        root.resolve(pid + "/stat"),
        pid + " (java (x) 7) " + state + before + " " + threads + " 0 " + ticks + " 9 9\n");
  }

  @Test
  void processIsDescribedByBootNamespacesAndStart() {
    assertThat(files.describe(SELF)).contains(DESCRIPTION);
  }

  @Test
  void processIsNotDescribedWhereTheFilesDoNotTellWhichProcessesExist() throws IOException {
    assertThat(new ProcessFiles(root.resolve("missing")).describe(SELF)).isEmpty();
    assertThat(files.describe(1)).as("files of another namespace").isEmpty();
    mounted("rw,hidepid=2");
    assertThat(files.describe(SELF)).as("other users' processes are hidden").isEmpty();
    mounted("rw,hidepid=invisible");
    assertThat(files.describe(SELF)).isEmpty();
    mounted("rw,hidepid=0");
    assertThat(files.describe(SELF)).contains(DESCRIPTION);
  }

  @Test
  void kernelWithoutTimeNamespacesIsDescribed() throws IOException {
    Files.delete(root.resolve("41/ns/time"));
    assertThat(files.describe(SELF).orElseThrow().namespaces()).isEqualTo("pid:[4026531836]");
  }

  @Test
  void processExistsIfItsIdHasTheSameStart() throws IOException {
    assertThat(files.contain(DESCRIPTION, OTHER)).as("no such process").isFalse();
    start(OTHER, "T", 12, DESCRIPTION.startTicks());
    assertThat(files.contain(DESCRIPTION, OTHER)).as("a paused process").isTrue();
    start(OTHER, "S", 12, DESCRIPTION.startTicks() + 1);
    assertThat(files.contain(DESCRIPTION, OTHER)).as("a later process").isFalse();
  }

  @Test
  void processWhoseFileCannotBeReadNowIsNotGone() throws IOException {
    Files.createDirectories(root.resolve(OTHER + "/stat"));
    assertThatThrownBy(() -> files.contain(DESCRIPTION, OTHER)).isInstanceOf(IOException.class);
  }

  @Test
  void namesOfProgramsAndMountPointsAreAnyBytes() throws IOException {
    String stat = "42 (\u00ff\u00fe) S" + " 1".repeat(16) + " 12 0 1000 9 9\n";
    Files.createDirectories(root.resolve(String.valueOf(OTHER)));
    Files.writeString(root.resolve(OTHER + "/stat"), stat, StandardCharsets.ISO_8859_1);
    assertThat(files.contain(DESCRIPTION, OTHER)).isTrue();
    Files.writeString(
        root.resolve("41/mounts"), "x /\u00ff ext4 rw 0 0\n", StandardCharsets.ISO_8859_1);
    assertThat(files.describe(SELF)).contains(DESCRIPTION);
  }

  @Test
  void zombieDoesNotExistUnlessOtherThreadsAreLeft() throws IOException {
    start(OTHER, "Z", 1, DESCRIPTION.startTicks());
    assertThat(files.contain(DESCRIPTION, OTHER)).isFalse();
    start(OTHER, "Z", 2, DESCRIPTION.startTicks());
    assertThat(files.contain(DESCRIPTION, OTHER)).isTrue();
  }

  @Test
  void realProcessExistsUntilItIsKilled() throws Exception {
    Process child = new ProcessBuilder("sleep", "600").start();
    ProcessFiles.LinuxProcess started =
        new ProcessFiles.LinuxProcess(
            DESCRIPTION.bootId(), DESCRIPTION.namespaces(), startTicks(child.pid()));
    assertThat(ProcessFiles.SYSTEM.contain(started, child.pid())).isTrue();
    child.destroyForcibly().waitFor();
    assertThat(ProcessFiles.SYSTEM.contain(started, child.pid())).isFalse();
  }

  private static long startTicks(long pid) throws IOException {
    String[] columns = Files.readString(Path.of("/proc", pid + "/stat")).split(" ", -1);
    return Long.parseLong(columns[21]);
  }
}
