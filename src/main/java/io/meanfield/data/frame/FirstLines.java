package io.meanfield.data.frame;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the first lines of files, in one job of Spark. */
final class FirstLines {
  private static final int LONGEST = 1 << 24;
  private static final int TASKS_OF_A_CORE = 4;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private FirstLines() {}

  /** Returns the first line of each file; an empty one if it has none. */
  static List<String> of(List<Path> files, String encoding, JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    List<String> paths = files.stream().map(Path::toString).toList();
    int tasks = Math.min(paths.size(), TASKS_OF_A_CORE * spark.defaultParallelism());
    return spark
        .parallelize(paths, tasks)
        .map(path -> of(new Path(path), encoding, hadoop.value().value()))
        .collect();
  }

  private static String of(Path file, String encoding, Configuration hadoop) {
    try (InputStream raw = file.getFileSystem(hadoop).open(file)) {
      CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
      Text line = new Text();
      new LineReader(codec == null ? raw : codec.createInputStream(raw)).readLine(line, LONGEST);
      String text = new String(line.copyBytes(), Charset.forName(encoding));
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          HadoopPaths.display(file)
              + " cannot be read: "
              + UserException.reason(e)
              + "; restore the file, or remove it from the data",
          e);
    }
  }
}
