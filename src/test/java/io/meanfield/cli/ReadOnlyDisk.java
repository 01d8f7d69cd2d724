package io.meanfield.cli;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local disk as a Hadoop file system that can be read only, {@code readonly:}. */
public final class ReadOnlyDisk extends RawLocalFileSystem {
  /** The system property that registers the scheme with commands of this process. */
  public static final String PROPERTY = "spark.hadoop.fs.readonly.impl";

  @Override
  public URI getUri() {
    return URI.create("readonly:///");
  }

  @Override
  public String getScheme() {
    return "readonly";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    throw new IOException("the file system is read-only");
  }

  @Override
  public boolean mkdirs(Path directory, FsPermission permission) throws IOException {
    throw new IOException("the file system is read-only");
  }
}
