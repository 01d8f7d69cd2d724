package io.meanfield.pipeline.doctor;

import io.meanfield.data.Source;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.store.HadoopPaths;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A location of a data set.
 *
 * @param key the setting that contains it, {@code data.train} or {@code data.test}
 * @param path an absolute Hadoop path or glob, the same in every process
 */
record DataLocation(String key, String path) implements Serializable {
  /** Returns the locations that are set. Driver only, where relative paths resolve. */
  static List<DataLocation> of(DataSettings data) {
    List<DataLocation> all = new ArrayList<>(of("data.train", data.train()));
    all.addAll(of("data.test", data.test()));
    return all;
  }

  private static List<DataLocation> of(String key, Source source) {
    return source.locations().stream()
        .map(location -> new DataLocation(key, HadoopPaths.resolve(location).toString()))
        .toList();
  }

  /** Returns the location for messages. */
  String display() {
    return HadoopPaths.display(new Path(path));
  }
}
