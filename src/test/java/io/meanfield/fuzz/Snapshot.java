package io.meanfield.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a folder at one moment. */
record Snapshot(Path folder, Map<Path, byte[]> files) {
  /**
   * Reads the files. One that is deleted meanwhile is left out, such as the draft of a heartbeat.
   */
  static Snapshot of(Path folder) {
    Map<Path, byte[]> files = new TreeMap<>();
    try {
      Files.walkFileTree(folder, new Reader(files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Snapshot(folder, files);
  }

  private static final class Reader extends SimpleFileVisitor<Path> {
    private final Map<Path, byte[]> files;

    Reader(Map<Path, byte[]> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      try {
        files.put(file, Files.readAllBytes(file));
        return FileVisitResult.CONTINUE;
      } catch (IOException e) {
        return visitFileFailed(file, e);
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }
  }

  /** Returns the files that the other snapshot lacks, adds or has with other content. */
  List<Path> differences(Snapshot other) {
    return Stream.concat(files.keySet().stream(), other.files.keySet().stream())
        .distinct()
        .filter(file -> !Arrays.equals(files.get(file), other.files.get(file)))
        .toList();
  }

  /** Returns the same snapshot with other contents of some files. */
  Snapshot with(Map<Path, byte[]> contents) {
    Map<Path, byte[]> changed = new TreeMap<>(files);
    changed.putAll(contents);
    return new Snapshot(folder, changed);
  }

  /** Gives each file that was changed or deleted its content again, and deletes new files. */
  void restoreFrom(Snapshot now) {
    differences(now).forEach(this::restore);
  }

  private void restore(Path file) {
    try {
      if (files.containsKey(file)) {
        Files.write(file, files.get(file));
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
