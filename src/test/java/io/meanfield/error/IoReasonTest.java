package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class IoReasonTest {
  @Test
  void reasonIsNeverOnlyAPath() {
    assertThat(IoReason.of(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(IoReason.of(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(IoReason.of(new NoSuchFileException("/a"))).isEqualTo("no such file");
    assertThat(IoReason.of(new NotDirectoryException("/a"))).isEqualTo("not directory");
    assertThat(IoReason.of(new FileNotFoundException("/a (b) (Too many open files)")))
        .isEqualTo("Too many open files");
    assertThat(IoReason.of(new FileNotFoundException("File does not exist: /data (1)")))
        .isEqualTo("File does not exist: /data (1)");
    assertThat(IoReason.of(new FileNotFoundException("File /a does not exist")))
        .isEqualTo("File /a does not exist");
  }

  @Test
  void messageIsItsFirstLine() {
    assertThat(IoReason.of(new IOException("No space left on device\nmore")))
        .isEqualTo("No space left on device");
    assertThat(IoReason.of(new EOFException())).isEqualTo("eof");
  }
}
