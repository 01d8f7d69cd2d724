package io.meanfield.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The promotions and roll-backs of a model, oldest first. The champion is a function of the entries
 * and is stored nowhere else.
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
    return championEntry().map(entry -> entry.change().version());
  }

  /**
   * Returns the champion and the earlier champions to which it can be rolled back, oldest first. A
   * roll-back removes the champions after its target.
   */
  public List<Integer> champions() {
    List<Integer> champions = new ArrayList<>();
    for (HistoryEntry entry : entries) {
      int version = entry.change().version();
      switch (entry.change().kind()) {
        case PROMOTION -> champions.add(version);
        case ROLL_BACK -> rollBack(champions, version);
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
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
  }

  /** Returns whether a version is or was the champion. */
  public boolean wasChampion(int version) {
    return entries.stream()
        .filter(entry -> entry.change().kind() == Change.Kind.PROMOTION)
        .anyMatch(entry -> entry.change().version() == version);
  }

  /** Returns the entry with which the run of {@code cause} made this change; empty if none did. */
  Optional<HistoryEntry> made(Change change, Cause cause) {
    return entries.stream()
        .filter(entry -> cause.runId().isPresent())
        .filter(entry -> entry.cause().runId().equals(cause.runId()))
        .filter(entry -> entry.change().kind() == change.kind())
        .filter(entry -> entry.change().version() == change.version())
        .findFirst();
  }
}
