package io.meanfield.data.prepared;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the table of a prepared data set.
 *
 * @param name without directory
 */
record PartFile(String name, long bytes) {

  /** Returns the files of a run's table, in the order of their names. */
  static List<PartFile> of(RunDirectory run) {
    return sizes(run).entrySet().stream()
        .map(file -> new PartFile(file.getKey(), file.getValue()))
        .toList();
  }

  private static SortedMap<String, Long> sizes(RunDirectory run) {
    return run.usage().files(directory());
  }

  private static String directory() {
    return RunDirectory.TABLES + "/" + PreparedTable.TABLE.name();
  }

  /**
   * Throws unless a run's table has these files, with these lengths, and no other.
   *
   * @throws UserException that names the first file that is missing, truncated or foreign
   */
  static void require(List<PartFile> recorded, RunDirectory run) {
    SortedMap<String, Long> expected =
        recorded.stream()
            .collect(
                Collectors.toMap(
                    PartFile::name, PartFile::bytes, (one, other) -> other, TreeMap::new));
    SortedMap<String, Long> found = sizes(run);
    Stream.concat(expected.keySet().stream(), found.keySet().stream())
        .flatMap(name -> problem(name, expected, found).stream())
        .findFirst()
        .ifPresent(problem -> refuse(run, problem));
  }

  private static Optional<String> problem(
      String name, Map<String, Long> expected, Map<String, Long> found) {
    if (!found.containsKey(name)) {
      return Optional.of(name + " is missing");
    }
    if (!expected.containsKey(name)) {
      return Optional.of(name + " does not belong to the data set");
    }
    return expected.get(name).equals(found.get(name))
        ? Optional.empty()
        : Optional.of(name + " has " + found.get(name) + " bytes, expected " + expected.get(name));
  }

  private static void refuse(RunDirectory run, String problem) {
    throw new UserException(
        ErrorCode.DATA_UNREADABLE,
        run.display()
            + "/"
            + directory()
            + "/"
            + Printable.text(problem)
            + " (dataset.json); restore the directory, or prepare the data under another --run-id");
  }
}
