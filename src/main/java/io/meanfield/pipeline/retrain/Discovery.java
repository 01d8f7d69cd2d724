package io.meanfield.pipeline.retrain;

import com.typesafe.config.Config;
import io.meanfield.store.Manifest;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The data that a run trains on, and the champion at that moment. A run that continues keeps its
 * discovery, so that data that arrive meanwhile change nothing.
 *
 * @param date the logical date of the run
 * @param champion the version that was champion; empty for the first model
 * @param partitions the data, by date
 * @param fresh the names of the partitions that are new or changed
 */
public record Discovery(
    LocalDate date, Optional<Integer> champion, List<Partition> partitions, List<String> fresh) {
  /** The entry of a manifest. */
  public static final String KEY = "retrain";

  private static final String FRESH = "new";

  public Discovery {
    partitions = List.copyOf(partitions);
    fresh = List.copyOf(fresh);
  }

  /**
   * Selects the data of a run: partitions up to its date, and of these the newest.
   *
   * @param window the number of newest partitions; empty for all
   * @param earlier the discoveries of all versions of the model
   */
  public static Discovery select(
      LocalDate date,
      Optional<Integer> champion,
      List<Partition> found,
      OptionalInt window,
      List<Discovery> earlier) {
    List<Partition> due =
        found.stream()
            .filter(partition -> partition.date().filter(day -> day.isAfter(date)).isEmpty())
            .sorted(Partition.BY_DATE)
            .toList();
    int size = Math.min(due.size(), window.orElse(due.size()));
    List<Partition> selected = due.subList(due.size() - size, due.size());
    return new Discovery(date, champion, selected, fresh(selected, earlier));
  }

  /** Reads the discovery of a run or of a version; empty if retrain did not train it. */
  public static Optional<Discovery> of(Manifest manifest) {
    return manifest.section(KEY).map(Discovery::of);
  }

  private static Discovery of(Config entry) {
    return new Discovery(
        LocalDate.parse(entry.getString("date")),
        entry.hasPath("champion") ? Optional.of(entry.getInt("champion")) : Optional.empty(),
        entry.getConfigList("partitions").stream().map(Partition::of).toList(),
        entry.hasPath(FRESH) ? entry.getStringList(FRESH) : List.of());
  }

  /** Describes the discovery for the manifest of a run or of a version. */
  public Map<String, Object> describe() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("date", date.toString());
    champion.ifPresent(version -> entry.put("champion", version));
    entry.put("partitions", partitions.stream().map(Partition::describe).toList());
    entry.put(FRESH, fresh);
    return entry;
  }

  private static List<String> fresh(List<Partition> partitions, List<Discovery> earlier) {
    return partitions.stream()
        .filter(
            partition ->
                earlier.stream()
                    .flatMap(discovery -> discovery.partitions().stream())
                    .noneMatch(partition::isSame))
        .map(Partition::name)
        .toList();
  }

  /** Returns whether both have files, and none in common. */
  public boolean isApart(Discovery other) {
    return !files().isEmpty()
        && !other.files().isEmpty()
        && Collections.disjoint(files(), other.files());
  }

  /** Returns the paths of all files. */
  public List<String> files() {
    return partitions.stream().flatMap(partition -> partition.files().stream()).toList();
  }
}
