package io.meanfield.train.checkpoint;

import static io.meanfield.train.checkpoint.EpochFolder.CHECKPOINTS;
import static io.meanfield.train.checkpoint.EpochFolder.RECORDS;

import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.ChecksumException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a run's epochs: records and checkpoints. A file that is damaged is as good as
 * none, and a warning names it. Driver only.
 */
record EpochFiles(RunDirectory run) {
  private static final Logger LOG = LoggerFactory.getLogger(EpochFiles.class);

  /** Returns the records from epoch 1 up to the last before a missing or damaged one. */
  List<RecordedEpoch> wholeRecords() {
    List<RecordedEpoch> records = new ArrayList<>();
    Optional<RecordedEpoch> record = record(1);
    while (record.isPresent()) {
      records.add(record.get());
      record = record(records.size() + 1);
    }
    return records;
  }

  private Optional<RecordedEpoch> record(int epoch) {
    String name = RECORDS.file(epoch);
    try {
      Optional<byte[]> json = bytes(name);
      return json.isPresent() ? Optional.of(RecordedEpoch.parse(json.get())) : Optional.empty();
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  /** Returns the state of an epoch; empty if it has no checkpoint or if that is damaged. */
  Optional<TrainingState> state(RecordedEpoch record) {
    if (record.stateSha256().isEmpty()) {
      return Optional.empty();
    }
    String name = CHECKPOINTS.file(record.result().epoch());
    try {
      Optional<byte[]> file = bytes(name);
      if (file.isEmpty()) {
        return Optional.empty(); // as that of an old epoch is
      }
      if (!DigestUtils.sha256Hex(file.get()).equals(record.stateSha256().get())) {
        throw new IOException(
            "its checksum is not the one in " + RECORDS.file(record.result().epoch()));
      }
      return Optional.of(CheckpointCodec.parse(file.get()));
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  /** Returns whether the checkpoint that an epoch had is gone. */
  boolean isMissing(RecordedEpoch record) {
    return record.stateSha256().isPresent()
        && !run.exists(CHECKPOINTS.file(record.result().epoch()));
  }

  /**
   * Logs that an epoch has no checkpoint. Of epochs that end during a write, the newest have one,
   * so that a kill can leave the records of the others alone.
   *
   * @param last the epoch after which the run continues; 0 for none
   */
  void warnMissing(RecordedEpoch record, int last) {
    LOG.warn(
        "epoch {} has no checkpoint in {}, as after a kill while files are written; the run {} and"
            + " trains {} again, with the same result",
        record.result().epoch(),
        run.display(),
        last == 0 ? "starts from the beginning" : "continues after epoch " + last,
        last == 0 ? "all epochs" : "the later ones");
  }

  /**
   * Returns the bytes of a file; empty if it is gone.
   *
   * @throws IOException if the file is damaged
   * @throws UserException if it cannot be read now
   */
  private Optional<byte[]> bytes(String name) throws IOException {
    try {
      return run.readBytes(name, RecordedEpoch.LONGEST_FILE);
    } catch (UserException unreadable) {
      if (unreadable.getCause() instanceof ChecksumException) {
        throw new IOException("its bytes do not have the checksum of the .crc file", unreadable);
      }
      throw unreadable;
    }
  }

  private void warn(String name, String damage) {
    LOG.warn(
        "{}/{} cannot be used: {}; the run continues from the newest epoch that is complete",
        run.display(),
        name,
        damage);
  }

  /** Deletes the records after an epoch: these epochs are trained again, with the same bits. */
  void deleteRecordsAfter(int epoch) {
    delete(RECORDS, found -> found > epoch);
  }

  /** Deletes the checkpoints of all epochs up to one, except those of some epochs. */
  void deleteCheckpointsUpTo(int epoch, Set<Integer> kept) {
    delete(CHECKPOINTS, found -> found <= epoch && !kept.contains(found));
  }

  private void delete(EpochFolder folder, IntPredicate which) {
    run.list(folder.directory()).stream()
        .flatMapToInt(name -> folder.epoch(name).stream())
        .filter(which)
        .forEach(epoch -> run.delete(folder.file(epoch)));
  }

  /** Returns the number of records, whole or not. */
  int countRecords() {
    return (int)
        run.list(RECORDS.directory()).stream()
            .filter(name -> RECORDS.epoch(name).isPresent())
            .count();
  }
}
