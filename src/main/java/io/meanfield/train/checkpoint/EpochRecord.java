package io.meanfield.train.checkpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.StrictJson;
import io.meanfield.store.FileContent;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The record of a completed epoch: the file {@code epochs/NNNNNN.json}. An epoch is completed when
 * this file exists and is whole.
 *
 * @param runId the run whose epoch this is; empty in records of earlier versions
 * @param previousStateSha256 checksum of the checkpoint of the epoch before, which tells the record
 *     from one of another run; empty for epoch 1, and in records of earlier versions
 * @param stateSha256 checksum of the epoch's checkpoint
 * @param recordSha256 checksum of the bytes of this file, with zeros in place of its own digits;
 *     empty in records of earlier versions
 */
record EpochRecord(
    @JsonUnwrapped EpochResult result,
    Optional<String> runId,
    Optional<String> previousStateSha256,
    String stateSha256,
    List<RoundRow> rounds,
    Optional<String> recordSha256) {
  /** The largest record that is written or read, in bytes. */
  static final int MAX_BYTES = StrictJson.MAX_BYTES;

  private static final String NO_SUM = "0".repeat(64);
  private static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");

  /**
   * Returns the record of the epoch of a run that follows {@code previous}.
   *
   * @param runId as the manifest of the run has it
   */
  static EpochRecord after(
      Optional<EpochRecord> previous,
      Optional<String> runId,
      EpochResult result,
      String stateSha256,
      List<RoundRow> rounds) {
    return new EpochRecord(
            result,
            runId,
            previous.map(EpochRecord::stateSha256),
            stateSha256,
            List.copyOf(rounds),
            Optional.of(NO_SUM))
        .summed();
  }

  private EpochRecord summed() {
    return new EpochRecord(
        result,
        runId,
        previousStateSha256,
        stateSha256,
        rounds,
        Optional.of(DigestUtils.sha256Hex(bytes())));
  }

  /**
   * Returns this record as the content of its file.
   *
   * @throws UserException if it is larger than a record that is read
   */
  FileContent content() {
    return content(MAX_BYTES);
  }

  FileContent content(int most) {
    byte[] bytes = bytes();
    if (bytes.length > most) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "the record of an epoch must have at most "
              + most
              + " bytes, found "
              + bytes.length
              + " for "
              + rounds.size()
              + " rows of table rounds in epoch "
              + result.epoch()
              + "; raise train.sync-frequency or train.batch-size, so that an epoch has fewer"
              + " rounds");
    }
    return out -> out.write(bytes);
  }

  private byte[] bytes() {
    return (Json.text(this) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the record that a file contains.
   *
   * @throws IOException if the file is damaged, or belongs to another epoch; the message, such as
   *     "its checksum is wrong", follows a colon
   */
  static EpochRecord parse(byte[] json, int epoch) throws IOException {
    EpochRecord record = parse(json);
    record.requireSum(json);
    record.requireEpoch(epoch);
    return record;
  }

  private static EpochRecord parse(byte[] json) throws IOException {
    Optional<EpochRecord> record;
    try {
      record = Optional.ofNullable(Json.parse(json, EpochRecord.class)); // null is JSON, too
    } catch (IOException e) {
      throw new IOException("it is not the complete JSON of a record", e);
    }
    return record.orElseThrow(() -> new IOException("it contains no record"));
  }

  // As characters of one byte each, so that every byte of the file counts.
  private void requireSum(byte[] json) throws IOException {
    if (recordSha256.isPresent()) {
      String sum = recordSha256.get();
      // Zeros in place of a shorter text, of the empty one above all, would fill the memory.
      if (!SUM.matcher(sum).matches()) {
        throw new IOException("its checksum is not one of 64 hexadecimal digits");
      }
      String blank = new String(json, StandardCharsets.ISO_8859_1).replace(sum, NO_SUM);
      if (!DigestUtils.sha256Hex(blank.getBytes(StandardCharsets.ISO_8859_1)).equals(sum)) {
        throw new IOException("its checksum is wrong");
      }
    }
  }

  private void requireEpoch(int epoch) throws IOException {
    boolean isOfEpoch =
        result.epoch() == epoch
            && rounds.stream().allMatch(row -> row != null && row.epoch() == epoch);
    if (!isOfEpoch) {
      throw new IOException("it does not describe epoch " + epoch);
    }
    if (!isPossible()) {
      throw new IOException("it contains impossible numbers");
    }
  }

  private boolean isPossible() {
    long examples = rounds.stream().mapToLong(row -> row.work().examples()).sum();
    return examples == result.examples()
        && rounds.stream().allMatch(EpochRecord::isPossible)
        && result.seconds() >= 0
        && isFraction(result.trainAccuracy())
        && isFraction(result.validationAccuracy())
        && isFraction(result.scores().averageValidationAccuracy());
  }

  private static boolean isPossible(RoundRow row) {
    return IntStream.of(row.round(), row.group(), row.worker(), row.work().batches())
            .allMatch(count -> count >= 0)
        && LongStream.of(row.work().examples(), row.cost().bytesIn(), row.cost().bytesOut())
            .allMatch(count -> count >= 0)
        && row.cost().computeMillis() >= 0;
  }

  private static boolean isFraction(Optional<Double> value) {
    return value.orElse(0.0) >= 0 && value.orElse(0.0) <= 1;
  }

  /**
   * Throws if this record and the manifest of the run name different runs.
   *
   * @param manifestRunId as the manifest of the run has it
   * @throws IOException if this is the record of another run
   */
  void requireOf(Optional<String> manifestRunId) throws IOException {
    if (runId.isPresent() && manifestRunId.isPresent() && !runId.equals(manifestRunId)) {
      throw new IOException(
          "it belongs to run "
              + Printable.text(runId.get())
              + ", expected "
              + Printable.text(manifestRunId.get()));
    }
  }

  /**
   * Throws unless this record follows the record of the epoch before.
   *
   * @throws IOException if this is the record of another run
   */
  void requireAfter(EpochRecord previous) throws IOException {
    if (previousStateSha256.filter(sum -> !sum.equals(previous.stateSha256)).isPresent()) {
      throw new IOException(
          "it does not follow "
              + EpochFolder.RECORDS.file(previous.result.epoch())
              + ", so one of them belongs to another run");
    }
  }
}
