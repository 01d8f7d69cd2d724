package io.meanfield.pipeline.retrain;

import com.typesafe.config.Config;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Training data that arrive at once: a dated directory, or a file.
 *
 * @param name the name under the input, such as {@code date=2026-01-05}
 * @param date empty for a file, which belongs to every date
 * @param fingerprint of the names, lengths and times of modification of the files
 * @param files the paths of the files
 */
public record Partition(
    String name, Optional<LocalDate> date, String fingerprint, List<String> files) {
  /** Sorts by date; files without a date come first. */
  static final Comparator<Partition> BY_DATE =
      Comparator.comparing((Partition partition) -> partition.date().orElse(LocalDate.MIN))
          .thenComparing(Partition::name);

  public Partition {
    files = List.copyOf(files);
  }

  /** Returns all rows of a table or query on a date; another date may have others. */
  public static Partition ofRows(LocalDate date) {
    String name = "rows of " + date;
    return new Partition(name, Optional.of(date), name, List.of());
  }

  /** Reads a partition from a manifest. */
  static Partition of(Config entry) {
    return new Partition(
        entry.getString("name"),
        entry.hasPath("date")
            ? Optional.of(LocalDate.parse(entry.getString("date")))
            : Optional.empty(),
        entry.getString("fingerprint"),
        entry.getStringList("files"));
  }

  /** Describes the partition for a manifest. */
  Map<String, Object> describe() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    date.ifPresent(day -> entry.put("date", day.toString()));
    entry.put("fingerprint", fingerprint);
    entry.put("files", files);
    return entry;
  }

  /** Returns whether both hold the same files, unchanged. */
  boolean isSame(Partition other) {
    return name.equals(other.name) && fingerprint.equals(other.fingerprint);
  }
}
