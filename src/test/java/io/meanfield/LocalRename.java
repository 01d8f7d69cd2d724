package io.meanfield;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Renames local files as HDFS does: atomically, and without replacing unless asked to. */
public final class LocalRename {
  private LocalRename() {}

  /**
   * Moves a file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is a target and {@code overwrite} is
   *     false
   */
  public static void move(
      org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to, boolean overwrite)
      throws IOException {
    Path source = Path.of(from.toUri().getPath());
    Path target = Path.of(to.toUri().getPath());
    if (overwrite) {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.createLink(target, source);
      Files.delete(source);
    }
  }
}
