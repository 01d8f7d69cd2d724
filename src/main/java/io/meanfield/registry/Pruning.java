package io.meanfield.registry;

import java.util.List;

/** Deletes the versions that {@link Retention} does not keep. */
record Pruning(VersionStore versions, HistoryLog log) {
  /**
   * Deletes versions. Completes earlier prunings that were interrupted.
   *
   * @param keep the number of newest versions that are kept in any case
   * @return the numbers of the deleted versions
   */
  List<Integer> prune(int keep, Cause cause) {
    List<ModelVersion> complete = versions.list();
    if (!Retention.unneeded(complete, log.read(), keep).isEmpty()) {
      // Entered first: a version that is being promoted or gets an alias is then refused there.
      log.append(history -> Change.pruning(Retention.unneeded(complete, history, keep)), cause);
    }
    List<Integer> left = log.read().pruned().stream().filter(versions::hasFiles).toList();
    left.forEach(versions::delete);
    return left;
  }
}
