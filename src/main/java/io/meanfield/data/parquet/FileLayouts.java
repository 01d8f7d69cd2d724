package io.meanfield.data.parquet;

import io.meanfield.data.parquet.rowgroup.FileLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The layouts of Parquet files; driver only.
 *
 * @param files in the order of their rows in the data set
 */
record FileLayouts(List<FileLayout> files) {
  private static final int TASKS_OF_A_CORE = 4;

  // The order in which Spark sorts strings, so that it is that of the column with the paths.
  private static final Comparator<FileLayout> BY_PATH =
      (one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other));

  private static byte[] bytes(FileLayout layout) {
    return layout.file().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the layouts of files.
   *
   * @param paths the files as URIs
   * @param layout reads the layout of one file; travels to executors
   */
  static FileLayouts of(
      String[] paths, JavaSparkContext spark, Function<String, FileLayout> layout) {
    int tasks = Math.max(1, Math.min(paths.length, TASKS_OF_A_CORE * spark.defaultParallelism()));
    List<FileLayout> files = spark.parallelize(List.of(paths), tasks).map(layout).collect();
    return new FileLayouts(files.stream().sorted(BY_PATH).toList());
  }

  /**
   * Reads the layouts of files whose rows Spark reads, and checks what Spark would trust.
   *
   * @param paths the files as URIs
   * @param columns the names of the columns that are read
   * @throws io.meanfield.error.UserException if a file declares what it cannot have
   */
  static FileLayouts ofRows(String[] paths, List<String> columns, JavaSparkContext spark) {
    Broadcast<SerializableConfiguration> hadoop = hadoop(spark);
    return of(paths, spark, path -> FileLayout.ofRows(path, columns, hadoop.value().value()));
  }

  static Broadcast<SerializableConfiguration> hadoop(JavaSparkContext spark) {
    return spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  boolean areUsable() {
    return files.stream().allMatch(FileLayout::usable);
  }

  /** The number of rows. */
  long count() {
    return files.stream().mapToLong(FileLayout::rows).sum();
  }
}
