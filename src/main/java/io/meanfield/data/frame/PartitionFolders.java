package io.meanfield.data.frame;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.source.DataFiles;
import io.meanfield.error.UserException;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.Type;

/**
 * The folders above Parquet files whose names are columns, such as {@code day=1}. Spark reads those
 * below the given paths alone; a model that was trained on all partitions scores one of them.
 */
final class PartitionFolders {
  private PartitionFolders() {}

  /**
   * Returns the options by which Spark reads the columns of folders above the files: none unless a
   * model reads such a column and the files have none of that name.
   */
  static Map<String, String> options(
      Configuration hadoop, Optional<TableEncoder> model, List<String> paths) {
    Set<String> wanted = new HashSet<>();
    model.ifPresent(
        encoder -> {
          wanted.addAll(encoder.features());
          encoder.categorical().stream().map(Vocabulary::column).forEach(wanted::add);
        });
    if (paths.stream().allMatch(path -> base(path, wanted).isEmpty())) {
      return Map.of();
    }
    wanted.removeAll(columnsOfFile(hadoop, paths.get(0)));
    Set<Optional<String>> bases =
        paths.stream().map(path -> base(path, wanted)).collect(Collectors.toSet());
    return bases.size() == 1
        ? bases.iterator().next().map(base -> Map.of("basePath", base)).orElse(Map.of())
        : Map.of();
  }

  /** Returns the folder above the first one whose name is a column; empty if there is none. */
  private static Optional<String> base(String location, Set<String> columns) {
    Optional<String> base = Optional.empty();
    for (Path path = HadoopPaths.resolve(location);
        path.getParent() != null;
        path = path.getParent()) {
      int end = path.getName().indexOf('=');
      if (end > 0 && columns.contains(path.getName().substring(0, end))) {
        base = Optional.of(path.getParent().toString());
      }
    }
    return base;
  }

  private static Set<String> columnsOfFile(Configuration hadoop, String path) {
    try {
      Path first = DataFiles.withPartitions(hadoop, path).get(0).getPath();
      try (ParquetFileReader file =
          ParquetFileReader.open(HadoopInputFile.fromPath(first, hadoop))) {
        return file.getFileMetaData().getSchema().getFields().stream()
            .map(Type::getName)
            .collect(Collectors.toSet());
      }
    } catch (IOException | UserException e) {
      return Set.of(); // Spark says what is wrong
    }
  }
}
