package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.SchemaVersion;
import io.meanfield.store.ParallelReads;
import io.meanfield.store.StoreDirectory;
import io.meanfield.store.file.FileContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The files of a model's history. An entry is created with the next number, which of several
 * processes only one can do; the others read again.
 */
final class HistoryLog {
  private static final String DIRECTORY = "history";
  private static final String SUFFIX = ".json";

  private final StoreDirectory directory;
  private final List<HistoryEntry> known = new ArrayList<>(); // entries never change

  HistoryLog(StoreDirectory directory) {
    this.directory = directory;
  }

  /**
   * Returns all entries.
   *
   * @throws UserException if an entry is missing or damaged
   */
  synchronized History read() {
    SortedSet<Integer> listed =
        directory.list(DIRECTORY).stream()
            .map(HistoryLog::number)
            .collect(Collectors.toCollection(TreeSet::new));
    known.addAll(ParallelReads.of(unknown(listed), this::entry));
    return new History(known);
  }

  /**
   * Returns the numbers from the first one that is not known to the largest one.
   *
   * @throws UserException if the entry of one of them is missing: before any is read, because the
   *     name of one file can declare millions of entries
   */
  private List<Integer> unknown(SortedSet<Integer> listed) {
    int newest = listed.isEmpty() ? 0 : listed.last();
    List<Integer> unknown = new ArrayList<>();
    for (int number = known.size() + 1; number <= newest; number++) {
      // A listing may miss a file that is created meanwhile.
      if (!listed.contains(number) && !directory.exists(file(number))) {
        throw missing(number);
      }
      unknown.add(number);
    }
    return unknown;
  }

  private static int number(String file) {
    String digits = file.endsWith(SUFFIX) ? file.substring(0, file.length() - 5) : "";
    return digits.matches("[0-9]{8}") ? Integer.parseInt(digits) : 0;
  }

  private HistoryEntry entry(int number) {
    HistoryEntry entry =
        directory.read(file(number), HistoryEntry.class).orElseThrow(() -> missing(number));
    SchemaVersion.require(
        entry.schemaVersion(),
        HistoryEntry.SCHEMA_VERSION,
        directory.display(file(number)),
        ErrorCode.WRONG_ARGUMENTS);
    return entry;
  }

  private UserException missing(int number) {
    return UserException.of(
        ErrorCode.STORE_UNREADABLE,
        "%s is damaged: it is missing, and later entries exist; restore the file from a backup",
        directory.display(file(number)));
  }

  /**
   * Appends a change.
   *
   * @param seen the history on which the change was decided
   * @return the entry; empty if another process has appended one meanwhile
   */
  Optional<HistoryEntry> append(History seen, Change change, Cause cause) {
    HistoryEntry entry = HistoryEntry.create(seen.entries().size() + 1, change, cause);
    return directory.putIfAbsent(file(entry.number()), FileContent.json(entry))
        ? Optional.of(entry)
        : Optional.empty();
  }

  private static String file(int number) {
    return String.format("%s/%08d%s", DIRECTORY, number, SUFFIX);
  }
}
