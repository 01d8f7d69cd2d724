package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryProbeTest {
  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;

  private org.apache.hadoop.fs.Path file(String name) {
    return new org.apache.hadoop.fs.Path("file:" + folder.resolve(name));
  }

  @Test
  void oneOfTwoAttemptsWinsAndTheFileReadsBack() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (DirectoryProbe probe = new DirectoryProbe(hadoop, file("probe"))) {
        assertThat(probe.race()).isEqualTo(new DirectoryAccess(1, true, ""));
        assertThat(DirectoryProbe.isVisible(hadoop, file("probe"))).isTrue();
      }
      assertThat(DirectoryProbe.isVisible(hadoop, file("probe"))).isFalse();
    }
  }

  @Test
  void existingFileHasNoWinner() throws IOException {
    Files.writeString(folder.resolve("probe"), "old");
    assertThat(new DirectoryProbe(hadoop, file("probe")).race().winners()).isZero();
  }

  @Test
  void directoriesThatTheProbeCreatedAreDeletedUnlessTheyHaveContents() throws IOException {
    try (DirectoryProbe probe = new DirectoryProbe(hadoop, file("a/b/probe"))) {
      assertThat(probe.race().isSound()).isTrue();
    }
    assertThat(folder).isEmptyDirectory();
    try (DirectoryProbe probe = new DirectoryProbe(hadoop, file("a/b/probe"))) {
      assertThat(probe.race().isSound()).isTrue();
      Files.writeString(folder.resolve("a/other"), "kept");
    }
    assertThat(folder.resolve("a").toFile().list()).containsExactly("other");
  }

  @Test
  void fileSystemThatIsNotInstalledIsAProblem() {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("nosuchfs://host/runs/probe");
    assertThat(new DirectoryProbe(hadoop, file).race())
        .isEqualTo(
            new DirectoryAccess(
                0, false, "UnsupportedFileSystemException: No FileSystem for scheme \"nosuchfs\""));
    assertThat(DirectoryProbe.isVisible(hadoop, file)).isFalse();
  }

  @Test
  void pathBelowAFileIsAProblem() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    DirectoryAccess access = new DirectoryProbe(hadoop, file("file/probe")).race();
    assertThat(access.isSound()).isFalse();
    assertThat(access.problem()).contains(folder.resolve("file").toString());
  }
}
