package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** Creates named pipes, which Java cannot. */
public final class Pipes {
  private Pipes() {}

  /** Creates a pipe and returns its path. */
  public static Path create(Path path) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor())
        .isZero();
    return path;
  }
}
