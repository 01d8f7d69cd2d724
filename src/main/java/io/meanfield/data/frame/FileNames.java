package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.store.file.HadoopPaths;
import java.io.Serializable;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.functions;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The files of a table by a hash of their paths, which takes less space in a row than the path.
 *
 * @param byHash none if all rows come from one file
 */
@DefaultSerializer(JavaSerializer.class)
record FileNames(Map<Long, String> byHash) implements Serializable {
  static final FileNames NONE = new FileNames(Map.of());
  private static final long SEED = 42; // of Spark's function xxhash64

  FileNames {
    byHash = Map.copyOf(byHash);
  }

  /**
   * Returns the names of files.
   *
   * @param files as URIs
   */
  static FileNames of(String[] files) {
    Map<Long, String> names = new HashMap<>();
    for (String file : files.length > 1 ? files : new String[0]) {
      Path path = new Path(URI.create(file));
      // Spark writes the path of a row's file in one of these forms.
      for (String written : new String[] {file, path.toString(), path.toUri().toString()}) {
        names.put(hash(written), HadoopPaths.display(path));
      }
    }
    return new FileNames(names);
  }

  private static long hash(String text) {
    UTF8String bytes = UTF8String.fromString(text);
    return XXH64.hashUnsafeBytes(
        bytes.getBaseObject(), bytes.getBaseOffset(), bytes.numBytes(), SEED);
  }

  /** The column with the hash of the path of a row's file. */
  static Column hash() {
    return functions.xxhash64(functions.col("_metadata.file_path"));
  }
}
