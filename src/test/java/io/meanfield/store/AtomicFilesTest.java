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
  private static final int RACES = 200;
  private static final int RUNNERS = 4;

  @TempDir private java.nio.file.Path folder;

  private final AtomicFiles files = new AtomicFiles(new Configuration(), Fence.OPEN);

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private static AtomicFiles.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void exactlyOneOfFourRacersCreatesAFile() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RUNNERS);
    CyclicBarrier start = new CyclicBarrier(RUNNERS);
    for (int race = 0; race < RACES; race++) {
      Path prize = path("prize-" + race);
      List<Callable<Boolean>> runners = new ArrayList<>();
      for (int runner = 0; runner < RUNNERS; runner++) {
        String name = "runner " + runner;
        runners.add(
            () -> {
              start.await();
              return files.putIfAbsent(prize, text(name));
            });
      }
      int winners = 0;
      String winner = "";
      List<Future<Boolean>> results = threads.invokeAll(runners);
      for (int runner = 0; runner < RUNNERS; runner++) {
        if (results.get(runner).get()) {
          winners++;
          winner = "runner " + runner;
        }
      }
      assertThat(winners).isEqualTo(1);
      assertThat(folder.resolve("prize-" + race)).hasContent(winner);
    }
    threads.shutdown();
    assertThat(folder.toFile().list()).hasSize(RACES); // and no draft is left
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
