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
 * @param partitions the training data, by date
 * @param test the newest partitions, which test both models; empty for {@code data.test}
 * @param fresh the names of the training partitions that are new or changed
 */
public record Discovery(
    LocalDate date,
    Optional<Integer> champion,
    List<Partition> partitions,
    List<Partition> test,
    List<String> fresh) {
  /** The entry of a manifest. */
  public static final String KEY = "retrain";

  private static final String FRESH = "new";
  private static final String TEST = "test_partitions";

  public Discovery {
    partitions = List.copyOf(partitions);
    test = List.copyOf(test);
    fresh = List.copyOf(fresh);
  }

  /**
   * Selects the data of a run: of the partitions up to its date the newest for tests, and of the
   * others the newest for training.
   *
   * @param window the number of partitions to train on; empty for all
   * @param testWindow the number of partitions with a date that are set aside for tests
   * @param earlier the discoveries of all versions of the model
   */
  public static Discovery select(
      LocalDate date,
      Optional<Integer> champion,
      List<Partition> found,
      OptionalInt window,
      int testWindow,
      List<Discovery> earlier) {
    List<Partition> due =
        found.stream()
            .filter(partition -> partition.date().filter(day -> day.isAfter(date)).isEmpty())
            .sorted(Partition.BY_DATE)
            .toList();
    long dated = due.stream().filter(partition -> partition.date().isPresent()).count();
    int end = due.size() - (int) Math.min(dated, testWindow);
    List<Partition> selected = due.subList(end - Math.min(end, window.orElse(end)), end);
    List<Partition> test = due.subList(end, due.size());
    return new Discovery(date, champion, selected, test, fresh(selected, earlier));
  }

  /** Reads the discovery of a run or of a version; empty if retrain did not train it. */
  public static Optional<Discovery> of(Manifest manifest) {
    return manifest.section(KEY).map(Discovery::of);
  }

  private static Discovery of(Config entry) {
    return new Discovery(
        LocalDate.parse(entry.getString("date")),
        entry.hasPath("champion") ? Optional.of(entry.getInt("champion")) : Optional.empty(),
        partitions(entry, "partitions"),
        entry.hasPath(TEST) ? partitions(entry, TEST) : List.of(),
        entry.hasPath(FRESH) ? entry.getStringList(FRESH) : List.of());
  }

  private static List<Partition> partitions(Config entry, String key) {
    return entry.getConfigList(key).stream().map(Partition::of).toList();
  }

  /** Describes the discovery for the manifest of a run or of a version. */
  public Map<String, Object> describe() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("date", date.toString());
    champion.ifPresent(version -> entry.put("champion", version));
    entry.put("partitions", partitions.stream().map(Partition::describe).toList());
    if (!test.isEmpty()) {
      entry.put(TEST, test.stream().map(Partition::describe).toList());
    }
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

  /** Returns whether both have training files, and none in common. */
  public boolean isApart(Discovery other) {
    return !files().isEmpty()
        && !other.files().isEmpty()
        && Collections.disjoint(files(), other.files());
  }

  /** Returns the names of the partitions of which both have training files. */
  List<String> inCommon(Discovery other) {
    return partitions.stream()
        .filter(partition -> !Collections.disjoint(partition.files(), other.files()))
        .map(Partition::name)
        .toList();
  }

  /** Returns the paths of the training files. */
  public List<String> files() {
    return files(partitions);
  }

  /** Returns the paths of the test files; empty for {@code data.test}. */
  public List<String> testFiles() {
    return files(test);
  }

  private static List<String> files(List<Partition> partitions) {
    return partitions.stream().flatMap(partition -> partition.files().stream()).toList();
  }
}
