package io.meanfield.registry;

import java.util.List;

/** Deletes the versions that {@link Retention} does not keep. */
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
    List<Integer> abandoned = versions.abandoned();
    if (!Retention.unneeded(complete, abandoned, log.read(), keep).isEmpty()) {
      // Entered first: a version that is being promoted or gets an alias is then refused there.
      log.append(
          history -> Change.pruning(Retention.unneeded(complete, abandoned, history, keep)), cause);
    }
    List<Integer> left = versions.withFiles(log.read().pruned());
    left.forEach(versions::delete);
    return left;
  }
}
