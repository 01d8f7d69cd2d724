package io.meanfield.reinforce;

import io.meanfield.LocalRename;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk as a Hadoop file system, {@code held:}, on which the checkpoint of one epoch
 * becomes complete only when a test says so.
 */
final class HeldDisk extends RawLocalFileSystem {
  private static final URI NAME = URI.create("held:///");

  private static volatile String held = "nothing";
  private static volatile CountDownLatch released = new CountDownLatch(0);

  static void mount(Configuration hadoop) {
    hadoop.setClass("fs.held.impl", HeldDisk.class, FileSystem.class);
    hadoop.set("fs.AbstractFileSystem.held.impl", HeldRenames.class.getName());
  }

  /** Lets the writer of a file whose draft's path contains a text wait for {@code until}. */
  static void hold(String draft, CountDownLatch until) {
    released = until;
    held = draft;
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

    // The drafts of a file have its name, after a dot.
    @Override
    public FSDataOutputStream createInternal(
        Path file,
        EnumSet<CreateFlag> flags,
        FsPermission permission,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress,
        Options.ChecksumOpt checksum,
        boolean createParent)
        throws IOException {
      if (file.toString().contains(held)) {
        awaitRelease();
      }
      return super.createInternal(
          file,
          flags,
          permission,
          bufferSize,
          replication,
          blockSize,
          progress,
          checksum,
          createParent);
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      LocalRename.move(from, to, overwrite);
    }

    private static void awaitRelease() throws IOException {
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }
}
