package io.meanfield.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deletes old versions. Keeps the newest, the champion, the earlier champions to which it can be
 * rolled back, those with an alias, and those from whose weights one of them was trained.
 */
record Pruning(VersionStore versions, HistoryLog log) {
  /**
   * Deletes versions, and drafts that killed processes have left. Completes earlier prunings that
   * were interrupted.
   *
   * @param keep the number of newest versions that are kept in any case
   * @return the numbers of the deleted versions
   */
  List<Integer> prune(int keep, Cause cause) {
    versions.deleteOldDrafts();
    List<ModelVersion> complete = versions.list();
    if (!unneeded(complete, log.read(), keep).isEmpty()) {
      // Entered first: a version that is being promoted or gets an alias is then refused there.
      log.append(history -> Change.pruning(unneeded(complete, history, keep)), cause);
    }
    List<Integer> left = versions.withFiles(log.read().pruned());
    left.forEach(versions::delete);
    return left;
  }

  private static List<Integer> unneeded(List<ModelVersion> versions, History history, int keep) {
    Set<Integer> needed = new TreeSet<>(history.champions());
    needed.addAll(history.aliases().values());
    List<Integer> unneeded = new ArrayList<>();
    // From the newest to the oldest, because a parent is older than its child.
    for (int i = versions.size() - 1; i >= 0; i--) {
      ModelVersion version = versions.get(i);
      if (i >= versions.size() - keep || needed.contains(version.number())) {
        version.parent().ifPresent(needed::add);
      } else {
        unneeded.add(0, version.number());
      }
    }
    return unneeded;
  }
}
