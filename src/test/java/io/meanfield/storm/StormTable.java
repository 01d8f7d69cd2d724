package io.meanfield.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of all storms: a file with tabs, to which every call appends.
 *
 * @param file created with its first row
 */
record StormTable(Path file) {
  void append(StormRow row) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, StormRow.HEADER + "\n");
    }
    Files.writeString(file, row.line() + "\n", StandardOpenOption.APPEND);
  }

  private List<StormRow> rows() throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(StormRow::parse).toList();
  }

  long violations() throws IOException {
    return rows().stream().filter(row -> !row.isRight()).count();
  }

  /** Counts scenarios of each kind, and lists the seeds that broke a promise. */
  String summary() throws IOException {
    Map<String, Long> kinds =
        rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.scenario().replaceFirst(".*: ", ""),
                    TreeMap::new,
                    Collectors.counting()));
    List<Long> broken = rows().stream().filter(row -> !row.isRight()).map(StormRow::seed).toList();
    return rows().size()
        + " scenarios in "
        + file
        + " "
        + kinds
        + ", "
        + (broken.isEmpty() ? "all right" : "broken promises with the seeds " + broken);
  }
}
