package io.meanfield.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of all storms: a file with tabs, to which every call appends.
 *
 * @param file created with its first row
 */
record StormTable(Path file) {
  private static final String HEADER = String.join("\t", StormRow.COLUMNS);

  /** Refuses a file with other columns, before hours of work. */
  void requireColumns() throws IOException {
    if (Files.exists(file)
        && !Files.readAllLines(file).stream().limit(1).toList().equals(List.of(HEADER))) {
      throw new IllegalArgumentException(
          "expected a table with the columns "
              + StormRow.COLUMNS
              + ", found others in "
              + file
              + "; name another file with --table");
    }
  }

  void append(StormRow row) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, HEADER + "\n");
    }
    Files.writeString(file, row.line() + "\n", StandardOpenOption.APPEND);
  }

  private List<StormRow> rows() throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(StormRow::parse).toList();
  }

  long violations() throws IOException {
    return rows().stream().filter(row -> !row.isRight()).count();
  }

  /** Counts scenarios and hits of each kind, and lists the seeds that broke a promise. */
  String summary() throws IOException {
    List<StormRow> rows = rows();
    List<String> broken =
        rows.stream().filter(row -> !row.isRight()).map(row -> row.value("seed")).toList();
    String kinds =
        rows.stream()
            .map(row -> row.value("kind"))
            .distinct()
            .sorted()
            .map(kind -> count(kind, rows))
            .collect(Collectors.joining(", "));
    return rows.size()
        + " scenarios in "
        + file
        + ": "
        + kinds
        + "; "
        + (broken.isEmpty() ? "all right" : "broken promises with the seeds " + broken);
  }

  private static String count(String kind, List<StormRow> rows) {
    List<StormRow> these = rows.stream().filter(row -> row.value("kind").equals(kind)).toList();
    return these.size()
        + " with "
        + kind
        + " ("
        + these.stream().mapToInt(row -> row.count("hits")).sum()
        + " hit, "
        + these.stream().mapToInt(row -> row.count("misses")).sum()
        + " missed)";
  }
}
