package io.meanfield.doctor;

import io.meanfield.data.Source;
import io.meanfield.store.HadoopPaths;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A location of a data set.
 *
 * @param key the setting that contains it, {@code data.train} or {@code data.test}
 * @param path an absolute Hadoop path or glob, the same in every process
 */
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

  /** Returns the location for messages. */
  String display() {
    return HadoopPaths.display(new Path(path));
  }
}
