package io.meanfield.train.checkpoint;

import io.meanfield.store.RunDirectory;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the files of epochs that must be trained again, with the ending {@code .unused}, until each
 * epoch has new ones: what is damaged may be only the file of one epoch. Driver only.
 */
final class UnusedEpochs {
  private static final Logger LOG = LoggerFactory.getLogger(UnusedEpochs.class);

  private final RunDirectory run;
  private final Set<String> files = new HashSet<>();

  UnusedEpochs(RunDirectory run) {
    this.run = run;
  }

  /** Renames the records and checkpoints of all epochs after one. */
  void keepAfter(int epoch) {
    NavigableSet<Integer> records = keepAfter(EpochFolder.RECORDS, epoch);
    keepAfter(EpochFolder.CHECKPOINTS, epoch);
    if (!records.isEmpty()) {
      LOG.warn(
          "{}: epochs {} to {} are trained again; their files have the ending .unused until then",
          run.display(),
          epoch + 1,
          records.last());
    }
  }

  private NavigableSet<Integer> keepAfter(EpochFolder folder, int epoch) {
    NavigableSet<Integer> kept = new TreeSet<>();
    for (String name : run.list(folder.directory())) {
      folder.unusedEpoch(name).ifPresent(found -> files.add(folder.unusedFile(found)));
      folder.epoch(name).stream().filter(found -> found > epoch).forEach(kept::add);
    }
    kept.forEach(found -> keep(folder, found));
    return kept;
  }

  private void keep(EpochFolder folder, int epoch) {
    String unused = folder.unusedFile(epoch);
    if (!files.add(unused)) {
      run.delete(unused); // of an earlier training, whose epoch was trained again
    }
    run.move(folder.file(epoch), unused);
  }

  /** Deletes the unused files of an epoch, which has been trained again. */
  void delete(int epoch) {
    for (EpochFolder folder : EpochFolder.values()) {
      String unused = folder.unusedFile(epoch);
      if (files.remove(unused)) {
        run.delete(unused);
      }
    }
  }
}
