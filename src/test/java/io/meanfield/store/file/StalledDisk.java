package io.meanfield.store.file;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The local disk, which does not answer when a file of some names gets its name, until a test lets
 * it answer.
 */
public final class StalledDisk extends LocalFileSystem {
  private static volatile Set<String> stalled = Set.of();
  private static volatile CountDownLatch reached = new CountDownLatch(1);
  private static volatile CountDownLatch answered = new CountDownLatch(1);

  /** Returns a configuration with this disk as the local file system, which answers for now. */
  public static Configuration mount() {
    stalled = Set.of();
    reached = new CountDownLatch(1);
    answered = new CountDownLatch(1);
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", StalledDisk.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    return hadoop;
  }

  /** Does not answer for the files of these names from now on. */
  public static void stall(Set<String> files) {
    stalled = files;
  }

  /** Waits until a writer waits for an answer. */
  public static void awaitWriter() {
    await(reached);
  }

  /** Lets the disk answer. */
  public static void answer() {
    answered.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted at the disk"));
    }
  }

  // LocalStore asks for it just before a file gets its name.
  @Override
  public Path getChecksumFile(Path file) {
    if (stalled.contains(file.getName())) {
      reached.countDown();
      await(answered);
    }
    return super.getChecksumFile(file);
  }
}
