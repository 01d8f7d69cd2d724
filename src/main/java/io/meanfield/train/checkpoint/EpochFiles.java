package io.meanfield.train.checkpoint;

import static io.meanfield.train.checkpoint.EpochFolder.CHECKPOINTS;
import static io.meanfield.train.checkpoint.EpochFolder.RECORDS;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.DiskUsage;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.ChecksumException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a run's epochs: records and checkpoints. A file that is damaged is as good as
 * none, and a warning names it; files with other names are left alone. Driver only.
 */
record EpochFiles(RunDirectory run) {
  private static final String RUN_ID = "run_id";
  private static final Logger LOG = LoggerFactory.getLogger(EpochFiles.class);
  // What an array can have. A checkpoint has 4 bytes for each weight and each moment.
  private static final int LONGEST_CHECKPOINT = Integer.MAX_VALUE - 8;

  /**
   * Returns the records from epoch 1 up to the last before a missing one.
   *
   * @param complete whether the records end before a damaged one, and before one with the id of
   *     another run, too; otherwise these are left out
   * @throws UserException if one of the two directories is a file
   */
  List<EpochRecord> wholeRecords(boolean complete) {
    requireDirectory(RECORDS);
    requireDirectory(CHECKPOINTS);
    warnOfOtherNames(RECORDS);
    warnOfOtherNames(CHECKPOINTS);
    SortedMap<Integer, DiskUsage.Entry> stored = stored();
    Optional<String> runId = runId();
    List<EpochRecord> records = new ArrayList<>();
    for (int epoch = 1; stored.containsKey(epoch); epoch++) {
      Optional<EpochRecord> record = record(epoch, stored.get(epoch), runId);
      if (record.isEmpty() && complete) {
        return records;
      }
      record.ifPresent(records::add);
    }
    return records;
  }

  /** Returns the id in the manifest of the run; a copy of a run in another directory keeps it. */
  Optional<String> runId() {
    return run.manifest().string(RUN_ID);
  }

  private SortedMap<Integer, DiskUsage.Entry> stored() {
    SortedMap<Integer, DiskUsage.Entry> stored = new TreeMap<>();
    for (Map.Entry<String, DiskUsage.Entry> file :
        run.usage().entries(RECORDS.directory()).entrySet()) {
      RECORDS.epoch(file.getKey()).ifPresent(epoch -> stored.put(epoch, file.getValue()));
    }
    return stored;
  }

  private void requireDirectory(EpochFolder folder) {
    if (run.exists(folder.directory()) && !run.isDirectory(folder.directory())) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          display(folder.directory())
              + " is a file, expected a directory; delete it, and run the same command again");
    }
  }

  private void warnOfOtherNames(EpochFolder folder) {
    run.list(folder.directory()).stream()
        .filter(name -> folder.epoch(name).isEmpty() && folder.unusedEpoch(name).isEmpty())
        .forEach(
            name ->
                LOG.warn(
                    "{} is ignored: it is no file of a run",
                    display(folder.directory() + "/" + name)));
  }

  /** Returns the record of an epoch; empty if it is damaged, or that of another run. */
  private Optional<EpochRecord> record(int epoch, DiskUsage.Entry stored, Optional<String> runId) {
    String name = RECORDS.file(epoch);
    try {
      Optional<byte[]> json = bytes(name, stored, EpochRecord.MAX_BYTES);
      if (json.isEmpty()) {
        return Optional.empty();
      }
      EpochRecord record = EpochRecord.parse(json.get(), epoch);
      record.requireOf(runId);
      return Optional.of(record);
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Returns the state of an epoch; empty if its checkpoint is missing or damaged.
   *
   * @throws UserException if the checkpoint is of another version
   */
  Optional<TrainingState> state(EpochRecord record) {
    int epoch = record.result().epoch();
    String name = CHECKPOINTS.file(epoch);
    try {
      Optional<DiskUsage.Entry> stored = run.usage().entry(name);
      if (stored.isEmpty()) {
        return Optional.empty(); // as that of an old epoch is
      }
      Optional<byte[]> file = bytes(name, stored.get(), LONGEST_CHECKPOINT);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      if (!DigestUtils.sha256Hex(file.get()).equals(record.stateSha256())) {
        throw new IOException("its checksum is not the one in " + RECORDS.file(epoch));
      }
      return Optional.of(
          CheckpointCodec.parse(file.get()).orElseThrow(() -> ofAnotherVersion(name)));
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  /** Logs a warning if an epoch whose checkpoint is needed has none. */
  void warnIfMissing(EpochRecord record) {
    String name = CHECKPOINTS.file(record.result().epoch());
    if (!run.exists(name)) {
      warn(name, "it is missing");
    }
  }

  /** Logs a warning if an epoch before the last one of these records has none among them. */
  void warnOfGaps(List<EpochRecord> records) {
    Set<Integer> found =
        records.stream().map(record -> record.result().epoch()).collect(Collectors.toSet());
    int last = found.isEmpty() ? 0 : Collections.max(found);
    List<Integer> missing =
        IntStream.rangeClosed(1, last).filter(epoch -> !found.contains(epoch)).boxed().toList();
    if (!missing.isEmpty()) {
      LOG.warn(
          "{}: the tables epochs and rounds will lack the epochs {}, whose records are damaged or"
              + " belong to another run; the model is not affected",
          run.display(),
          missing);
    }
  }

  private UserException ofAnotherVersion(String name) {
    return new UserException(
        ErrorCode.STORE_UNREADABLE,
        display(name)
            + " is not a checkpoint of version "
            + CheckpointCodec.VERSION
            + "; resume with the version of Meanfield that wrote it");
  }

  /**
   * Returns the bytes of a file; empty if it is gone.
   *
   * @throws IOException if what has this name is damaged
   * @throws UserException if it cannot be read now
   */
  private Optional<byte[]> bytes(String name, DiskUsage.Entry stored, int most) throws IOException {
    if (stored.isDirectory()) {
      throw new IOException("it is a directory");
    }
    if (stored.bytes() > most) {
      throw new IOException(
          "it has " + stored.bytes() + " bytes, which no record or checkpoint has");
    }
    try {
      return run.readBytes(name, most);
    } catch (UserException unreadable) {
      if (unreadable.getCause() instanceof ChecksumException) {
        throw new IOException("its bytes do not have the checksum of the .crc file", unreadable);
      }
      throw unreadable;
    }
  }

  private void warn(String name, String damage) {
    LOG.warn(
        "{} cannot be used: {}; the run continues from the newest epoch that is complete",
        display(name),
        damage);
  }

  private String display(String name) {
    return run.display() + "/" + name;
  }

  /** Deletes the checkpoints of all epochs up to one, except that of epoch {@code kept}. */
  void deleteCheckpointsUpTo(int epoch, int kept) {
    for (String name : run.list(CHECKPOINTS.directory())) {
      int found = CHECKPOINTS.epoch(name).orElse(kept);
      if (found <= epoch && found != kept) {
        run.delete(CHECKPOINTS.file(found));
      }
    }
  }

  /** Returns the number of records, whole or not. */
  int countRecords() {
    return (int)
        run.list(RECORDS.directory()).stream()
            .filter(name -> RECORDS.epoch(name).isPresent())
            .count();
  }
}
