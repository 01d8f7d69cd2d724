package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.store.SingleWriterTest;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The outcomes of a conditional PUT: won, lost, and unknown. */
class S3aStoreTest {
  private static final String ANSWER_LOST = "test.answer-lost";
  private static final String UNREACHABLE = "test.unreachable";

  @TempDir private java.nio.file.Path folder;

  private final Configuration hadoop = new Configuration();

  private AtomicFiles files;

  /** S3 on a local folder: an object gets its name when its stream is closed. */
  static final class Objects extends SingleWriterTest.ObjectStore {
    @Override
    public boolean hasPathCapability(Path path, String capability) {
      return capability.equals("fs.option.create.conditional.overwrite");
    }

    @Override
    public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
      return new Put(this, path);
    }
  }

  private static final class Put extends FSDataOutputStreamBuilder<FSDataOutputStream, Put> {
    private final Objects objects;

    Put(Objects objects, Path path) {
      super(objects, path);
      this.objects = objects;
    }

    @Override
    public Put getThisBuilder() {
      return this;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      boolean conditional = getMandatoryKeys().contains("fs.option.create.conditional.overwrite");
      return new FSDataOutputStream(
          new Body(objects.getConf(), objects.pathToFile(getPath()), conditional),
          new FileSystem.Statistics("s3a"));
    }
  }

  private static final class Body extends ByteArrayOutputStream implements Abortable {
    private final Configuration conf;
    private final File file;
    private final boolean conditional;
    private boolean closed;

    Body(Configuration conf, File file, boolean conditional) {
      this.conf = conf;
      this.file = file;
      this.conditional = conditional;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (conf.getBoolean(UNREACHABLE, false)) {
        throw new IOException("unreachable");
      }
      if (conditional && file.exists()) {
        throw new IOException("412");
      }
      Files.write(file.toPath(), toByteArray());
      if (conf.getBoolean(ANSWER_LOST, false)) {
        throw new IOException("timed out");
      }
    }

    @Override
    public AbortableResult abort() {
      closed = true;
      return new AbortableResult() {
        @Override
        public boolean alreadyClosed() {
          return false;
        }

        @Override
        public IOException anyCleanupException() {
          return null;
        }
      };
    }
  }

  @BeforeEach
  void mount() {
    hadoop.setBoolean("fs.s3a.impl.disable.cache", true);
    hadoop.set("fs.s3a.impl", Objects.class.getName());
    files = new AtomicFiles(hadoop, Fence.OPEN);
  }

  private Path path(String name) {
    return new Path("s3a://" + folder + "/" + name);
  }

  private static FileContent text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void firstWriterWinsAndTheSecondLoses() throws IOException {
    assertThat(files.putIfAbsent(path("entry"), text("first"))).isTrue();
    assertThat(files.putIfAbsent(path("entry"), text("second"))).isFalse();
    assertThat(folder.resolve("entry")).hasContent("first");
  }

  @Test
  void writerWhoseAnswerIsLostFindsItsContentAndWins() throws IOException {
    hadoop.setBoolean(ANSWER_LOST, true);
    assertThat(files.putIfAbsent(path("entry"), text("mine"))).isTrue();
  }

  @Test
  void writerThatCannotFindOutFails() {
    hadoop.setBoolean(UNREACHABLE, true);
    assertThatThrownBy(() -> files.putIfAbsent(path("entry"), text("mine")))
        .hasMessage("unreachable");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replaceKeepsTheOldObjectWhenWritingFails() throws IOException {
    files.replace(path("status"), text("old"));
    assertThatThrownBy(
            () ->
                files.replace(
                    path("status"),
                    out -> {
                      out.write(1);
                      throw new IOException("no more content");
                    }))
        .hasMessage("no more content");
    assertThat(folder.resolve("status")).hasContent("old");
  }

  @Test
  void contentThatClosesItsStreamIsStoredOnlyWhileTheLeaseIsHeld() throws IOException {
    boolean[] held = {true};
    AtomicFiles fenced =
        new AtomicFiles(
            hadoop,
            () -> {
              if (!held[0]) {
                throw new IllegalStateException("taken over");
              }
            });
    assertThatThrownBy(
            () ->
                fenced.replace(
                    path("model"),
                    out -> {
                      out.write(1);
                      held[0] = false;
                      out.close();
                    }))
        .hasMessage("taken over");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void movedFileReplacesTheOldOneAndLeavesItsPlace() throws IOException {
    files.replace(path("table"), text("old"));
    files.replace(path("draft"), text("new"));
    files.move(path("draft"), path("table"));
    assertThat(folder.resolve("table")).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("table");
  }
}
