package io.meanfield.storm;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;

/** Reads the rows of Parquet files without Spark, for which the many small tables take long. */
final class TableRows {
  private TableRows() {}

  /**
   * Returns the rows of all files in a folder as text, sorted, with the columns and their types.
   *
   * @param left the columns that are left out
   */
  static String of(Path folder, Set<String> left) throws IOException {
    File[] files = folder.toFile().listFiles((in, name) -> name.endsWith(".parquet"));
    List<String> rows = new ArrayList<>();
    Set<String> schemas = new TreeSet<>();
    for (File file : files) {
      MessageType schema = schema(file, left);
      schemas.add(schema.toString());
      rows.addAll(rows(file, schema));
    }
    rows.sort(String::compareTo);
    return schemas + " " + rows;
  }

  private static MessageType schema(File file, Set<String> left) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path(file), new Configuration()))) {
      MessageType all = reader.getFileMetaData().getSchema();
      return new MessageType(
          all.getName(),
          all.getFields().stream().filter(field -> !left.contains(field.getName())).toList());
    }
  }

  private static List<String> rows(File file, MessageType schema) throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set(ReadSupport.PARQUET_READ_SCHEMA, schema.toString());
    List<String> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path(file)).withConf(hadoop).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row.toString()); // each column with its name
      }
    }
    return rows;
  }

  private static org.apache.hadoop.fs.Path path(File file) {
    return new org.apache.hadoop.fs.Path(file.toURI());
  }
}
