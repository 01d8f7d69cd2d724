package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.source.DataFiles;
import io.meanfield.data.source.Source;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A location of a data set.
 *
 * @param key the setting that contains it, {@code data.train} or {@code data.test}
 * @param path an absolute Hadoop path or glob, the same in every process
 */
@DefaultSerializer(JavaSerializer.class)
public record DataLocation(String key, String path) implements Serializable {
  /**
   * Returns the locations of a data set, none if it is not set. Driver only, where relative paths
   * resolve.
   */
  public static List<DataLocation> of(String key, Source source) {
    return source.locations().stream()
        .map(location -> new DataLocation(key, HadoopPaths.resolve(location).toString()))
        .toList();
  }

  /** Returns whether this process, the driver, can read the location. */
  Finding ofDriver(Configuration hadoop) {
    return finding(
        hadoop, "driver", "", "set " + key + " to files that exist and that the user may read");
  }

  /** Returns whether this process, an executor, can read what the driver can read. */
  Finding ofExecutor(Configuration hadoop, String where) {
    return finding(
        hadoop,
        where,
        ", but the driver can read it",
        "move the data to a file system that all machines share, such as hdfs:///data");
  }

  // Lists the files and reads the first byte of the first one.
  private Finding finding(Configuration hadoop, String where, String contrast, String remedy) {
    String shown = HadoopPaths.display(new Path(path));
    try {
      List<FileStatus> files = DataFiles.withPartitions(hadoop, path);
      if (files.isEmpty()) {
        return Finding.failed(
            key, where, "%s matches no file%s".formatted(shown, contrast), remedy);
      }
      Path first = files.get(0).getPath();
      try (InputStream in = first.getFileSystem(hadoop).open(first)) {
        in.read();
      }
      return Finding.ok(
          key, where, shown + ": " + files.size() + (files.size() == 1 ? " file" : " files"));
    } catch (UserException e) {
      boolean isMissing = e.code() == ErrorCode.WRONG_SETTINGS;
      String problem = isMissing ? shown + " matches no file" : e.getMessage();
      return Finding.failed(key, where, problem + contrast, remedy);
    } catch (IOException | RuntimeException e) {
      return Finding.failed(
          key, where, "%s cannot be read: %s%s".formatted(shown, e.getMessage(), contrast), remedy);
    }
  }
}
