package io.meanfield;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * A Hadoop file system on the local disk, {@code faulty:}, that can become full or unavailable at
 * any step. It is no {@code LocalFileSystem}, so a run uses FileContext as on HDFS.
 */
final class FaultyDisk extends RawLocalFileSystem {
  private static final URI NAME = URI.create("faulty:///");
  private static final long UNLIMITED = Long.MAX_VALUE;

  private static final AtomicLong STEPS = new AtomicLong(UNLIMITED);
  private static volatile String refused = "";
  private static volatile String last = "";
  private static volatile String half = "";
  private static volatile Runnable meanwhile = () -> {};
  private static volatile boolean faultOccurred;

  /** Registers the scheme with this process' Spark. */
  static void mount() {
    mount(LocalSpark.context().hadoopConfiguration());
  }

  /** Registers the scheme in this configuration. */
  static void mount(Configuration hadoop) {
    hadoop.set("fs.faulty.impl", FaultyDisk.class.getName());
    hadoop.set("fs.AbstractFileSystem.faulty.impl", FaultyRenameSpi.class.getName());
    repair();
  }

  static String at(java.nio.file.Path folder) {
    return "faulty:" + folder;
  }

  /** Makes the disk full for files whose path contains {@code name}. */
  static void fullFor(String name) {
    repair();
    refused = name;
  }

  /** Fails every read and write after this number of changes. */
  static void unavailableAfter(long steps) {
    repair();
    STEPS.set(steps);
  }

  /** Fails every read and write from the first change of a file whose path contains this name. */
  static void unavailableFrom(String name) {
    repair();
    last = name;
  }

  /**
   * Writes half of a file whose path contains this name, waits as long as {@code meanwhile} runs,
   * and then fails every read and write.
   */
  static void unavailableHalfway(String name, Runnable runs) {
    repair();
    half = name;
    meanwhile = runs;
  }

  static void repair() {
    STEPS.set(UNLIMITED);
    refused = "";
    last = "";
    half = "";
    faultOccurred = false;
  }

  /** Returns whether an operation has failed. */
  static boolean faultOccurred() {
    return faultOccurred;
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  private static void read() throws IOException {
    if (STEPS.get() < 0) {
      faultOccurred = true;
      throw new IOException("the disk is unavailable");
    }
  }

  private static void change(Path path) throws IOException {
    STEPS.updateAndGet(n -> n == UNLIMITED ? n : n - 1);
    if (!last.isEmpty() && path.toString().contains(last)) {
      STEPS.set(-1);
    }
    read();
  }

  private static void takeSpace(Path file) throws IOException {
    change(file);
    if (!refused.isEmpty() && file.toString().contains(refused)) {
      faultOccurred = true;
      throw new IOException("No space left on device");
    }
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    takeSpace(file);
    return new FilterOutputStream(super.createOutputStreamWithMode(file, append, permission)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        takeSpace(file);
        if (!half.isEmpty() && file.toString().contains(half)) {
          out.write(bytes, offset, length / 2);
          meanwhile.run();
          STEPS.set(-1);
          read();
        }
        out.write(bytes, offset, length);
      }
    };
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change(to);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change(path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    read();
    return super.mkdirs(path);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    read();
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    read();
    return super.listStatus(path);
  }

  /** Does nothing: permissions are not tested, and each change starts a process. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}

  /** The file system for FileContext, with atomic renames as on HDFS. */
  static final class FaultyRenameSpi extends DelegateToFileSystem {
    @SuppressWarnings("UnusedMethod") // Hadoop calls it
    FaultyRenameSpi(URI uri, Configuration conf) throws Exception {
      super(uri, new FaultyDisk(), conf, NAME.getScheme(), false);
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      change(to);
      java.nio.file.Path source = java.nio.file.Path.of(from.toUri().getPath());
      java.nio.file.Path target = java.nio.file.Path.of(to.toUri().getPath());
      if (overwrite) {
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.createLink(target, source);
        Files.delete(source);
      }
    }
  }
}
