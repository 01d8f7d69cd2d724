package io.meanfield.reinforce;

import io.meanfield.LocalRename;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk as a Hadoop file system, {@code held:}, on which the checkpoint of one epoch
 * becomes complete only when a test says so.
 */
final class HeldDisk extends RawLocalFileSystem {
  private static final URI NAME = URI.create("held:///");

  private static final AtomicReference<Hold> HOLD = new AtomicReference<>(Hold.none());

  /** The file that is held, whether its writer has come to it, and until when it waits. */
  private record Hold(String draft, CountDownLatch reached, CountDownLatch released) {
    static Hold none() {
      return new Hold("nothing", new CountDownLatch(1), new CountDownLatch(0));
    }
  }

  static void mount(Configuration hadoop) {
    hadoop.setClass("fs.held.impl", HeldDisk.class, FileSystem.class);
    hadoop.set("fs.AbstractFileSystem.held.impl", HeldRenames.class.getName());
  }

  /**
   * Lets the writer of a file whose draft's path contains a text wait for {@code until}.
   *
   * @return a latch that opens when the writer waits
   */
  static CountDownLatch hold(String draft, CountDownLatch until) {
    Hold hold = new Hold(draft, new CountDownLatch(1), until);
    HOLD.set(hold);
    return hold.reached();
  }

  static void holdNothing() {
    HOLD.set(Hold.none());
  }

  // The drafts of a file have its name, after a dot.
  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    Hold hold = HOLD.get();
    if (file.toString().contains(hold.draft())) {
      hold.reached().countDown();
      try {
        hold.released().await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  /** The file system for FileContext, with atomic renames as on HDFS. */
  static final class HeldRenames extends DelegateToFileSystem {
    @SuppressWarnings("UnusedMethod") // Hadoop calls it
    HeldRenames(URI uri, Configuration conf) throws Exception {
      super(uri, new HeldDisk(), conf, NAME.getScheme(), false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      LocalRename.move(from, to, overwrite);
    }
  }
}
