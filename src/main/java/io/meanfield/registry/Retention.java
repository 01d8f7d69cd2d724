package io.meanfield.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The versions that a pruning keeps: the newest, the champion, the earlier champions to which it
 * can be rolled back, those with an alias, and those from whose weights one of them was trained.
 */
final class Retention {
  private Retention() {}

  /**
   * Returns the numbers of the versions that may be deleted, in order. Versions that are not
   * complete may be if they are older than the newest that are kept.
   *
   * @param versions the complete versions, in order
   * @param abandoned the numbers of those that are not complete and will not be
   */
  static List<Integer> unneeded(
      List<ModelVersion> versions, List<Integer> abandoned, History history, int keep) {
    Set<Integer> needed = new TreeSet<>(history.champions());
    needed.addAll(history.aliases().values());
    List<Integer> newest =
        versions.subList(Math.max(0, versions.size() - keep), versions.size()).stream()
            .map(ModelVersion::number)
            .toList();
    needed.addAll(newest);
    // From the newest to the oldest, because a parent is older than its child.
    for (int i = versions.size() - 1; i >= 0; i--) {
      ModelVersion version = versions.get(i);
      if (needed.contains(version.number())) {
        Optional<Integer> parent = version.parent();
        parent.ifPresent(needed::add);
      }
    }
    return Stream.concat(
            versions.stream().map(ModelVersion::number),
            abandoned.stream().filter(number -> !newest.isEmpty() && number < newest.get(0)))
        .filter(number -> !needed.contains(number))
        .sorted()
        .toList();
  }
}
