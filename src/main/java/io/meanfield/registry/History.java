package io.meanfield.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The promotions, roll-backs, aliases and prunings of a model, oldest first. Champion and aliases
 * are functions of the entries and are stored nowhere else.
 */
public record History(List<HistoryEntry> entries) {
  static final History EMPTY = new History(List.of());

  public History {
    entries = List.copyOf(entries);
  }

  History with(HistoryEntry entry) {
    return new History(Stream.concat(entries.stream(), Stream.of(entry)).toList());
  }

  /** Returns the version that is in use; empty before the first promotion. */
  public Optional<Integer> champion() {
    return championEntry().map(History::version);
  }

  /**
   * Returns the champion and the earlier champions to which it can be rolled back, oldest first. A
   * roll-back removes the champions after its target.
   */
  public List<Integer> champions() {
    List<Integer> champions = new ArrayList<>();
    for (HistoryEntry entry : entries) {
      switch (entry.change().kind()) {
        case PROMOTION -> champions.add(version(entry));
        case ROLL_BACK -> rollBack(champions, version(entry));
        case ALIAS, ALIAS_REMOVAL, PRUNING -> {}
      }
    }
    return List.copyOf(champions);
  }

  private static void rollBack(List<Integer> champions, int target) {
    int at = champions.lastIndexOf(target);
    if (at < 0) {
      champions.add(target);
    } else {
      champions.subList(at + 1, champions.size()).clear();
    }
  }

  /** Returns the champion before the current one; empty if there is none. */
  public Optional<Integer> previousChampion() {
    List<Integer> champions = champions();
    return champions.size() < 2
        ? Optional.empty()
        : Optional.of(champions.get(champions.size() - 2));
  }

  /** Returns the entry since which the champion is the champion; empty if there is none. */
  public Optional<HistoryEntry> championEntry() {
    return entries.stream()
        .filter(
            entry ->
                entry.change().kind() == Change.Kind.PROMOTION
                    || entry.change().kind() == Change.Kind.ROLL_BACK)
        .reduce((earlier, later) -> later);
  }

  /** Returns whether a version is or was the champion. */
  public boolean wasChampion(int version) {
    return entries.stream()
        .filter(entry -> entry.change().kind() == Change.Kind.PROMOTION)
        .anyMatch(entry -> version(entry) == version);
  }

  /** Returns the versions by alias, without the champion. */
  public SortedMap<String, Integer> aliases() {
    SortedMap<String, Integer> aliases = new TreeMap<>();
    for (HistoryEntry entry : entries) {
      switch (entry.change().kind()) {
        case ALIAS -> aliases.put(alias(entry), version(entry));
        case ALIAS_REMOVAL -> aliases.remove(alias(entry));
        case PROMOTION, ROLL_BACK, PRUNING -> {}
      }
    }
    return aliases;
  }

  /** Returns the aliases of a version, {@code champion} first. */
  public List<String> aliases(int version) {
    Stream<String> champion =
        champion().filter(number -> number == version).map(n -> VersionReference.CHAMPION).stream();
    Stream<String> named =
        aliases().entrySet().stream()
            .filter(alias -> alias.getValue() == version)
            .map(Map.Entry::getKey);
    return Stream.concat(champion, named).toList();
  }

  /** Returns the versions that were pruned. */
  public Set<Integer> pruned() {
    Set<Integer> pruned = new TreeSet<>();
    entries.stream()
        .filter(entry -> entry.change().kind() == Change.Kind.PRUNING)
        .forEach(entry -> pruned.addAll(entry.change().versions()));
    return pruned;
  }

  /** Returns the entry with which the run of {@code cause} made this change; empty if none did. */
  Optional<HistoryEntry> made(Change change, Cause cause) {
    return entries.stream()
        .filter(entry -> cause.runId().isPresent())
        .filter(entry -> entry.cause().runId().equals(cause.runId()))
        .filter(entry -> entry.change().repeats(change))
        .findFirst();
  }

  private static int version(HistoryEntry entry) {
    return entry.change().versions().get(0);
  }

  private static String alias(HistoryEntry entry) {
    return entry.change().alias().orElseThrow();
  }
}
