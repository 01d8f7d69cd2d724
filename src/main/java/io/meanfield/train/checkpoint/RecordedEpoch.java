package io.meanfield.train.checkpoint;

import static io.meanfield.train.checkpoint.EpochFolder.RECORDS;

import io.meanfield.json.Json;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The record of a completed epoch: the file {@code epochs/NNNNNN.json}. An epoch is completed when
 * this file exists and is whole. Readers need no lease: an epoch that a running process completes
 * meanwhile is there or not, never in part.
 *
 * @param stateSha256 checksum of the epoch's checkpoint; empty if the epoch has none, because
 *     epochs after it were trained in the same Spark job
 * @param rounds a row for each worker of each round
 * @param recordSha256 checksum of the bytes of this file, with zeros in place of its own digits
 */
public record RecordedEpoch(
    EpochResult result, Optional<String> stateSha256, List<RoundRow> rounds, String recordSha256) {
  // What an array can have; a run of many short rounds has long records.
  static final int LONGEST_FILE = Integer.MAX_VALUE - 8;

  private static final String NO_SUM = "0".repeat(64);

  static RecordedEpoch of(EpochResult result, Optional<String> stateSha256, List<RoundRow> rounds) {
    RecordedEpoch blank = new RecordedEpoch(result, stateSha256, List.copyOf(rounds), NO_SUM);
    return new RecordedEpoch(
        result, stateSha256, blank.rounds, DigestUtils.sha256Hex(Json.bytes(blank)));
  }

  /**
   * Returns the record that a file contains.
   *
   * @throws IOException if the file is damaged; the message, such as "its checksum is wrong",
   *     follows a colon
   */
  static RecordedEpoch parse(byte[] json) throws IOException {
    RecordedEpoch record;
    try {
      record = Json.parse(json, RecordedEpoch.class);
    } catch (IOException e) {
      throw new IOException("it is not the complete JSON of a record", e);
    }
    // As characters of one byte each, so that every byte of the file counts.
    String blank =
        new String(json, StandardCharsets.ISO_8859_1).replace(record.recordSha256, NO_SUM);
    String sum = DigestUtils.sha256Hex(blank.getBytes(StandardCharsets.ISO_8859_1));
    if (!sum.equals(record.recordSha256)) {
      throw new IOException("its checksum is wrong");
    }
    return record;
  }

  /** Reads the completed epochs of a run whose records are whole, in order. */
  public static List<RecordedEpoch> of(RunDirectory run) {
    return after(run, 0);
  }

  /** Reads what {@link #of} returns, one epoch at a time. */
  public static Stream<RecordedEpoch> stream(RunDirectory run) {
    return streamAfter(run, 0);
  }

  /** Reads the epochs after one. */
  public static List<RecordedEpoch> after(RunDirectory run, int epoch) {
    return streamAfter(run, epoch).toList();
  }

  private static Stream<RecordedEpoch> streamAfter(RunDirectory run, int epoch) {
    return run.list(RECORDS.directory()).stream()
        .flatMap(name -> RECORDS.epoch(name).stream().boxed())
        .filter(found -> found > epoch)
        .sorted()
        .flatMap(found -> read(run, found).stream());
  }

  private static Optional<RecordedEpoch> read(RunDirectory run, int epoch) {
    try {
      Optional<byte[]> json = run.readBytes(RECORDS.file(epoch), LONGEST_FILE);
      return json.isPresent() ? Optional.of(parse(json.get())) : Optional.empty();
    } catch (IOException unusable) {
      return Optional.empty();
    }
  }
}
