package io.meanfield.data;

import io.meanfield.settings.Section;
import java.util.List;
import java.util.Optional;

/** Where examples are, and how they are written. */
public sealed interface Source {
  /** How files are written. */
  enum Format {
    IDX,
    CSV,
    PARQUET,
    PREPARED
  }

  /** An image file and, except for predictions, its label file; any Hadoop path, raw or gzipped. */
  record Idx(String images, Optional<String> labels) implements Source {}

  /**
   * Text with a header, RFC 4180.
   *
   * @param paths of files, folders or globs, each any Hadoop path; files may be gzipped
   */
  record Csv(List<String> paths, ColumnRoles columns, char delimiter) implements Source {}

  /**
   * Parquet, read by Spark.
   *
   * @param paths of files, folders or globs, each any Hadoop path
   */
  record Parquet(List<String> paths, ColumnRoles columns) implements Source {}

  /**
   * What a run of the command {@code prepare} has written.
   *
   * @param runs the directory of runs
   * @param name the run's id
   */
  record Prepared(String runs, String name) implements Source {}

  /** Reads one part, such as {@code train}, of the settings {@code data}. */
  static Source read(
      Section part, Format format, ColumnRoles columns, char delimiter, String runs) {
    // The defaults have keys of one format, whatever the format is.
    part.allow("images", "labels");
    if (format == Format.PREPARED) {
      part.allow("path"); // the settings that a data set was prepared with serve on
    }
    return switch (format) {
      case IDX -> new Idx(part.string("images"), part.optionalString("labels"));
      case CSV -> new Csv(part.stringList("path"), columns, delimiter);
      case PARQUET -> new Parquet(part.stringList("path"), columns);
      case PREPARED -> new Prepared(runs, part.string("name"));
    };
  }

  /** Reads the character between two fields of a line. */
  static char delimiter(Section csv) {
    String written = csv.string("delimiter");
    if (written.equals("tab")) {
      return '\t';
    }
    if (written.length() != 1 || written.equals("\"")) {
      csv.invalid("delimiter", "one character that is no quote, or tab");
      return ',';
    }
    return written.charAt(0);
  }
}
