package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.store.DeniedDisk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {
  @TempDir private Path folder;

  private String read(Configuration hadoop, Path file) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    FileSystem fileSystem = path.getFileSystem(hadoop);
    try (InputStream in = InputFile.open(fileSystem, path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void missingFileIsNotFound() {
    Path file = folder.resolve("a.json");
    assertThatThrownBy(() -> read(new Configuration(), file))
        .isInstanceOf(FileNotFoundException.class);
    assertThatThrownBy(() -> read(DeniedDisk.mount("a.json", 9), file))
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void fileWithoutThePermissionToReadItIsNotMissing() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "content");
    assertThatThrownBy(() -> read(DeniedDisk.mount("a.json", 9), file))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Permission denied; allow the user of this process to read the file");
  }

  @Test
  void directoryIsNotMissing() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("a.json"));
    assertThatThrownBy(() -> read(new Configuration(), directory))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("expected a file, found a directory; check the path");
  }

  @Test
  @Timeout(60)
  void pipeIsRefusedBeforeItIsOpened() throws Exception {
    Path pipe = Pipes.create(folder.resolve("a.json"));
    for (Path file : List.of(pipe, Path.of("/dev/null"))) {
      assertThatThrownBy(() -> read(new Configuration(), file))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage(
              "expected a file, found a pipe, a socket or a device; write its content to a file");
    }
  }

  /** As when another process creates the file after it was not found. */
  @Test
  void fileThatCanBeOpenedAtTheSecondAttemptIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), "content");
    assertThat(read(DeniedDisk.mount("a.json", 1), file)).isEqualTo("content");
  }
}
