package io.meanfield.store.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tries with a file of its own whether runs can be kept in a directory. */
public final class DirectoryProbe implements AutoCloseable {
  private final Configuration hadoop;
  private final Path file;
  private final List<Path> created = new ArrayList<>();

  /**
   * Prepares a probe.
   *
   * @param file in the directory; no other probe may use it at the same time
   */
  public DirectoryProbe(Configuration hadoop, Path file) {
    this.hadoop = hadoop;
    this.file = file;
  }

  /** Lets two threads create the file at the same time, and reads it. The file stays. */
  public DirectoryAccess race() {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      rememberMissingDirectories();
      CyclicBarrier start = new CyclicBarrier(2);
      List<Future<Boolean>> attempts =
          threads.invokeAll(List.of(attempt("first", start), attempt("second", start)));
      boolean first = attempts.get(0).get();
      boolean second = attempts.get(1).get();
      int winners = (first ? 1 : 0) + (second ? 1 : 0);
      return new DirectoryAccess(winners, read().equals(first ? "first" : "second"), "");
    } catch (ExecutionException e) {
      return DirectoryAccess.failed(e.getCause() instanceof Exception cause ? cause : e);
    } catch (IOException | RuntimeException e) {
      return DirectoryAccess.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DirectoryAccess.failed(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Boolean> attempt(String content, CyclicBarrier start) {
    AtomicFiles files = new AtomicFiles(hadoop, Fence.OPEN);
    return () -> {
      start.await();
      return files.putIfAbsent(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    };
  }

  private String read() throws IOException {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Returns whether this process sees the file, which another process may have created. */
  public static boolean isVisible(Configuration hadoop, Path file) {
    try {
      return file.getFileSystem(hadoop).exists(file);
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private void rememberMissingDirectories() throws IOException {
    FileSystem fileSystem = file.getFileSystem(hadoop);
    for (Path directory = file.getParent();
        directory != null && !fileSystem.exists(directory);
        directory = directory.getParent()) {
      created.add(directory);
    }
  }

  /** Deletes the file, and the directories that did not exist before unless they have contents. */
  @Override
  public void close() throws IOException {
    FileSystem fileSystem = file.getFileSystem(hadoop);
    if (fileSystem.exists(file)) {
      fileSystem.delete(file, false);
    }
    for (Path directory : created) {
      if (!fileSystem.exists(directory) || fileSystem.listStatus(directory).length > 0) {
        return;
      }
      fileSystem.delete(directory, false);
    }
  }
}
