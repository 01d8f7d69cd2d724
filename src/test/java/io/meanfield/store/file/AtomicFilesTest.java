package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.StoreDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
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

  /** A fence behind which every change is made twice, as when a client of NFS repeats a request. */
  private static final Fence REPEATED =
      new Fence() {
        @Override
        public void requireHeld() {}

        @Override
        public boolean whileHeld(Change change) throws IOException {
          change.make();
          return change.make();
        }
      };

  @Test
  void writerWhoseRequestIsRepeatedHasCreatedTheFile() throws IOException {
    AtomicFiles repeated = new AtomicFiles(new Configuration(), REPEATED);
    assertThat(repeated.putIfAbsent(path("entry"), text("token 1"))).isTrue();
    assertThat(folder.resolve("entry")).hasContent("token 1");
    assertThat(repeated.putIfAbsent(path("entry"), text("token 2"))).isFalse();
  }

  @Test
  void writerThatIsSecondAtTheLinkHasNotCreatedTheFile() throws IOException {
    Fence second =
        new Fence() {
          @Override
          public void requireHeld() {}

          @Override
          public boolean whileHeld(Change change) throws IOException {
            files.putIfAbsent(path("entry"), text("token 1"));
            return change.make();
          }
        };
    AtomicFiles late = new AtomicFiles(new Configuration(), second);
    assertThat(late.putIfAbsent(path("entry"), text("token 2"))).isFalse();
    assertThat(folder.resolve("entry")).hasContent("token 1");
  }

  /** A local disk that deletes nothing and reports it as Hadoop does: by a result. */
  static final class KeepingDisk extends LocalFileSystem {
    @Override
    public boolean delete(Path path, boolean recursive) {
      return false;
    }
  }

  @Test
  void fileThatIsNotDeletedIsAnError() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", KeepingDisk.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    StoreDirectory directory = StoreDirectory.shared(hadoop, path("models"), "registry.directory");
    directory.delete("missing");
    files.replace(path("models/model.zip"), text("kept"));
    assertThatThrownBy(() -> directory.delete("model.zip"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNWRITABLE))
        .hasMessage(
            "cannot write "
                + folder
                + "/models/model.zip: the file system does not delete it; check registry.directory,"
                + " its permissions and the free space");
  }

  /** A local disk whose files cannot be looked at. */
  static final class BlindDisk extends LocalFileSystem {
    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      throw new IOException("the disk is unavailable");
    }
  }

  @Test
  void fileThatCannotBeLookedUpIsNamed() {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", BlindDisk.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    StoreDirectory directory = StoreDirectory.shared(hadoop, path("models"), "registry.directory");
    assertThatThrownBy(() -> directory.exists("model.zip"))
        .hasMessage("cannot read " + folder + "/models/model.zip: the disk is unavailable");
  }

  @Test
  void draftIsClosedIfItsBytesCannotBeFlushed() {
    AtomicBoolean closed = new AtomicBoolean();
    OutputStream draft =
        new DraftStore.SyncedStream(
            new ByteArrayOutputStream() {
              @Override
              public void close() {
                closed.set(true);
              }
            },
            () -> {
              throw new IOException("disk full");
            });
    assertThatThrownBy(draft::close).hasMessage("disk full");
    assertThat(closed).isTrue();
  }

  @Test
  void draftsOfKilledProcessesAreDeleted() throws IOException {
    java.nio.file.Path version = Files.createDirectories(folder.resolve("versions/1"));
    String id = "01234567-89ab-cdef-0123-456789abcdef";
    for (String file : List.of(".model.zip." + id, ".hidden", "model.zip")) {
      Files.createFile(version.resolve(file));
    }
    new AtomicFiles(new Configuration(), Fence.OPEN).deleteDrafts(path("versions"));
    assertThat(version.toFile().list()).containsExactlyInAnyOrder(".hidden", "model.zip");
  }
}
