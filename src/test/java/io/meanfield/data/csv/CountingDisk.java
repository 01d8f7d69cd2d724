package io.meanfield.data.csv;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local disk as {@code counting:}, which counts the files that are open for reading. */
public final class CountingDisk extends RawLocalFileSystem {
  private static final URI NAME = URI.create("counting:///");
  private static final AtomicInteger OPENED = new AtomicInteger();
  private static final AtomicInteger OPEN = new AtomicInteger();
  private static final AtomicInteger MOST = new AtomicInteger();

  /** Registers the scheme and counts from 0. */
  static void mount(Configuration hadoop) {
    hadoop.set("fs.counting.impl", CountingDisk.class.getName());
    OPENED.set(0);
    OPEN.set(0);
    MOST.set(0);
  }

  /** Returns how often a file was opened. */
  static int opened() {
    return OPENED.get();
  }

  /** Returns the number of files that are open now. */
  static int open() {
    return OPEN.get();
  }

  /** Returns the largest number of files that were open at the same time. */
  static int most() {
    return MOST.get();
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public String getScheme() {
    return NAME.getScheme();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream in = new CountedStream(super.open(path, bufferSize));
    OPENED.incrementAndGet();
    MOST.accumulateAndGet(OPEN.incrementAndGet(), Math::max);
    return in;
  }

  private static final class CountedStream extends FSDataInputStream {
    private final AtomicBoolean closed = new AtomicBoolean();

    CountedStream(FSDataInputStream in) {
      super(in);
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (closed.compareAndSet(false, true)) {
        OPEN.decrementAndGet();
      }
    }
  }
}
