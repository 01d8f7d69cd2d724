package io.meanfield.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The local disk, which denies the permission to read the files of one name, with the exception of
 * Hadoop's local file system. Root may read every file, so permissions cannot deny it.
 */
public final class DeniedDisk extends LocalFileSystem {
  private static final String NAME = "test.denied.name";
  private static final String TIMES = "test.denied.times";

  private int denied;

  /**
   * Returns a configuration with this disk as the local file system.
   *
   * @param name the name of the files
   * @param times how many attempts to open one are denied
   */
  public static Configuration mount(String name, int times) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.file.impl", DeniedDisk.class, FileSystem.class);
    hadoop.setBoolean("fs.file.impl.disable.cache", true);
    hadoop.set(NAME, name);
    hadoop.setInt(TIMES, times);
    return hadoop;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    if (file.getName().equals(getConf().get(NAME)) && denied < getConf().getInt(TIMES, 0)) {
      denied++;
      throw new FileNotFoundException(file.toUri().getPath() + " (Permission denied)");
    }
    return super.open(file, bufferSize);
  }
}
