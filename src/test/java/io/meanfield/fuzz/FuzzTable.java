package io.meanfield.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A file of tab-separated values to which each run appends a row for each format. */
record FuzzTable(Path file, String commit) {
  private static final String HEADER =
      "date\tcommit\tformat\tseeds\tcases\taccepted\trefused\tviolations\tseconds\tpeak_mib";

  /** Appends a row, after the header if the file does not exist. */
  void append(Format format, SeedRange seeds, Tally tally, double seconds) {
    String row =
        String.join(
            "\t",
            LocalDate.now(ZoneOffset.UTC).toString(),
            commit,
            format.display(),
            seeds.toString(),
            Integer.toString(tally.cases()),
            Integer.toString(tally.accepted()),
            Integer.toString(tally.refused()),
            Integer.toString(tally.violations().size()),
            String.format(java.util.Locale.ROOT, "%.1f", seconds),
            Long.toString(tally.peakMib()));
    append(Files.exists(file) ? List.of(row) : List.of(HEADER, row));
  }

  private void append(List<String> lines) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
