package io.meanfield.train.checkpoint;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.InputFile;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The record of a completed epoch: the file {@code epochs/NNNNNN.json}. An epoch is completed when
 * this file exists and is whole.
 *
 * @param runId the run whose epoch this is
 * @param stateSha256 checksum of the epoch's checkpoint
 * @param recordSha256 checksum of the bytes of this file, with zeros in place of its own digits
 */
record EpochRecord(
    @JsonUnwrapped EpochResult result,
    Optional<String> runId,
    String stateSha256,
    List<RoundRow> rounds,
    String recordSha256) {
  /** The largest record that is written or read, in bytes. */
  static final int MAX_BYTES = InputFile.MAX_BYTES;

  private static final String NO_SUM = "0".repeat(64);

  /**
   * Returns the record of an epoch.
   *
   * @param runId as the manifest of the run has it
   */
  static EpochRecord of(
      Optional<String> runId, EpochResult result, String stateSha256, List<RoundRow> rounds) {
    return new EpochRecord(result, runId, stateSha256, List.copyOf(rounds), NO_SUM).summed();
  }

  private EpochRecord summed() {
    return new EpochRecord(result, runId, stateSha256, rounds, DigestUtils.sha256Hex(bytes()));
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
    if (recordSha256.length() != NO_SUM.length() || !sum(json).equals(recordSha256)) {
      throw new IOException("its checksum is wrong");
    }
  }

  private String sum(byte[] json) {
    String blank = new String(json, StandardCharsets.ISO_8859_1).replace(recordSha256, NO_SUM);
    return DigestUtils.sha256Hex(blank.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void requireEpoch(int epoch) throws IOException {
    if (result.epoch() != epoch) {
      throw new IOException("it does not describe epoch " + epoch);
    }
  }

  /**
   * Throws if this record and the manifest of the run name different runs.
   *
   * @param manifestRunId as the manifest of the run has it
   * @throws IOException if this is the record of another run
   */
  void requireOf(Optional<String> manifestRunId) throws IOException {
    if (!runId.equals(manifestRunId)) {
      throw new IOException(
          "it belongs to run "
              + Printable.text(runId.orElse("without a name"))
              + ", expected "
              + Printable.text(manifestRunId.orElse("none")));
    }
  }
}
