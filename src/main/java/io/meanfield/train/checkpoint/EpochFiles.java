package io.meanfield.train.checkpoint;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.ChecksumException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a run's epochs: records and checkpoints. A file that is damaged is as good as none,
 * and a warning names it; files with other names are left alone. Driver only.
 */
record EpochFiles(RunDirectory run) {
  private static final Logger LOG = LoggerFactory.getLogger(EpochFiles.class);
  // What an array can have. A checkpoint has 4 bytes for each weight and each moment.
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
  private static final String RECORDS = "epochs";
  private static final String CHECKPOINTS = "checkpoints";
  private static final Pattern RECORD = Pattern.compile("(\\d{6}|[1-9]\\d{6,8})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("epoch-(\\d{6}|[1-9]\\d{6,8})\\.state");

  /** Returns the name of the checkpoint of an epoch, relative to the run's directory. */
  static String checkpoint(int epoch) {
    return String.format("checkpoints/epoch-%06d.state", epoch);
  }

  /**
   * Returns the records from epoch 1 up to the last before a missing or damaged one.
   *
   * @throws UserException if one of the two directories is a file
   */
  List<EpochRecord> wholeRecords() {
    requireDirectory(RECORDS);
    requireDirectory(CHECKPOINTS);
    warnOfOtherNames(RECORDS, RECORD);
    warnOfOtherNames(CHECKPOINTS, CHECKPOINT);
    List<EpochRecord> records = new ArrayList<>();
    Optional<EpochRecord> next = record(records);
    while (next.isPresent()) {
      records.add(next.get());
      next = record(records);
    }
    return records;
  }

  private void requireDirectory(String name) {
    if (run.exists(name) && !run.isDirectory(name)) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          display(name)
              + " is a file, expected a directory; delete it, and run the same command again");
    }
  }

  private void warnOfOtherNames(String directory, Pattern names) {
    run.list(directory).stream()
        .filter(name -> number(names, name).isEmpty())
        .forEach(
            name ->
                LOG.warn("{} is ignored: it is no file of a run", display(directory + "/" + name)));
  }

  /** Returns the record that follows others; empty if it is missing or damaged. */
  private Optional<EpochRecord> record(List<EpochRecord> before) {
    int epoch = before.size() + 1;
    String name = EpochRecord.name(epoch);
    try {
      Optional<byte[]> json = bytes(name);
      if (json.isEmpty()) {
        return Optional.empty();
      }
      EpochRecord record = EpochRecord.parse(json.get(), epoch);
      if (!before.isEmpty()) {
        record.requireAfter(before.get(before.size() - 1));
      }
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
    String name = checkpoint(record.result().epoch());
    try {
      Optional<byte[]> file = bytes(name);
      if (file.isEmpty()) {
        return Optional.empty(); // as that of an old epoch is
      }
      if (!DigestUtils.sha256Hex(file.get()).equals(record.stateSha256())) {
        throw new IOException(
            "its checksum is not the one in " + EpochRecord.name(record.result().epoch()));
      }
      return Optional.of(parse(name, file.get()));
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  /** Logs a warning if an epoch whose checkpoint is needed has none. */
  void warnIfMissing(EpochRecord record) {
    String name = checkpoint(record.result().epoch());
    if (!run.exists(name)) {
      warn(name, "it is missing");
    }
  }

  private TrainingState parse(String name, byte[] file) {
    try {
      return CheckpointCodec.parse(file);
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          display(name)
              + " is "
              + e.getMessage()
              + "; resume with the version of Meanfield that wrote it",
          e);
    }
  }

  /**
   * Returns the bytes of a file; empty if there is none.
   *
   * @throws IOException if what has this name is damaged
   * @throws UserException if it cannot be read now
   */
  private Optional<byte[]> bytes(String name) throws IOException {
    if (run.isDirectory(name)) {
      throw new IOException("it is a directory");
    }
    long length = run.usage().bytes(name);
    if (length > MOST_BYTES) {
      throw new IOException("it has " + length + " bytes, which no record or checkpoint has");
    }
    try {
      return run.readBytes(name);
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

  /** Deletes the records and checkpoints of all epochs after one; they are trained again. */
  void deleteAfter(int epoch) {
    deleteRecordsAfter(epoch);
    for (String name : run.list(CHECKPOINTS)) {
      if (number(CHECKPOINT, name).orElse(0) > epoch) {
        run.delete(CHECKPOINTS + "/" + name);
      }
    }
  }

  private void deleteRecordsAfter(int epoch) {
    for (String name : run.list(RECORDS)) {
      if (number(RECORD, name).orElse(0) > epoch) {
        run.delete(RECORDS + "/" + name);
      }
    }
  }

  /** Deletes the checkpoints of all epochs up to one, except that of epoch {@code kept}. */
  void deleteCheckpointsUpTo(int epoch, int kept) {
    for (String name : run.list(CHECKPOINTS)) {
      int found = number(CHECKPOINT, name).orElse(kept);
      if (found <= epoch && found != kept) {
        run.delete(CHECKPOINTS + "/" + name);
      }
    }
  }

  /** Returns the number of records, whole or not. */
  int countRecords() {
    return (int)
        run.list(RECORDS).stream().filter(name -> number(RECORD, name).isPresent()).count();
  }

  /** Returns the epoch in the name of a file; empty if the file has another kind of name. */
  private static OptionalInt number(Pattern names, String name) {
    Matcher matcher = names.matcher(name);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
