package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static final int FILES = 200;
  private static final int WRITERS = 4;

  @TempDir private java.nio.file.Path folder;

  private final AtomicFiles files = new AtomicFiles(new Configuration(), Fence.OPEN);

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static FileContent text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void exactlyOneOfFourConcurrentWritersCreatesAFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    for (int file = 0; file < FILES; file++) {
      Path target = path("target-" + file);
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String name = "writer " + writer;
        writers.add(
            () -> {
              start.await();
              return files.putIfAbsent(target, text(name));
            });
      }
      int winners = 0;
      String winner = "";
      List<Future<Boolean>> results = threads.invokeAll(writers);
      for (int writer = 0; writer < WRITERS; writer++) {
        if (results.get(writer).get()) {
          winners++;
          winner = "writer " + writer;
        }
      }
      assertThat(winners).isEqualTo(1);
      assertThat(folder.resolve("target-" + file)).hasContent(winner);
    }
    threads.shutdown();
    assertThat(folder.toFile().list()).hasSize(FILES); // no draft is left
  }

  @Test
  void replaceKeepsTheOldFileWhenWritingFails() throws IOException {
    files.replace(path("status"), text("old"));
    assertThatThrownBy(
            () ->
                files.replace(
                    path("status"),
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(folder.resolve("status")).hasContent("old");
    assertThat(folder.toFile().list()).hasSize(1);
    files.replace(path("status"), text("new"));
    assertThat(folder.resolve("status")).hasContent("new");
  }
}
