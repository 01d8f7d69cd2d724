package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TestRounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpochRecordTest {
  private static final EpochRecord RECORD =
      EpochRecord.after(
          Optional.empty(), Optional.of("a"), result(0.25, 0.5), "ab", List.of(row(3), row(4)));

  private static EpochResult result(double loss, double accuracy) {
    return new EpochResult(
        1,
        new EpochResult.Scores(
            loss, Optional.of(accuracy), Optional.of(2.5e-7), Optional.of(1.0), Optional.empty()),
        7,
        1.5,
        0.001);
  }

  private static RoundRow row(long examples) {
    return new RoundRow(
        1,
        1,
        0,
        0,
        "host",
        TestRounds.work(examples, 1, Optional.of(0.25), Optional.empty(), false),
        new RoundRow.Cost(1.25, 0.3, Optional.of(1.5), 8, 9));
  }

  private static byte[] file(EpochRecord record) {
    return bytes(Json.text(record) + "\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A record of an earlier version, which has no checksum of itself and no times of tasks. */
  private static String older(EpochResult result) {
    return Json.text(
            new EpochRecord(
                result,
                Optional.empty(),
                Optional.empty(),
                "ab",
                List.of(row(7)),
                Optional.empty()))
        .replaceFirst("\\s*\"task_ms\" : 1.5,", "");
  }

  @Test
  void recordIsReadAsItWasWritten() throws IOException {
    assertThat(EpochRecord.parse(file(RECORD), 1)).isEqualTo(RECORD);
  }

  @Test
  void recordThatIsLargerThanReadersAcceptIsNotWritten() throws IOException {
    int size = file(RECORD).length;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    RECORD.content(size).writeTo(written);
    assertThat(written.toByteArray()).isEqualTo(file(RECORD));
    assertThatThrownBy(() -> RECORD.content(size - 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the record of an epoch must have at most "
                + (size - 1)
                + " bytes, found "
                + size
                + " for 2 rows of table rounds in epoch 1; raise train.sync-frequency or"
                + " train.batch-size, so that an epoch has fewer rounds");
  }

  /** Without the key of the checksum, the rest is that of an earlier version. */
  @Test
  void everyChangedDigitIsFound() {
    byte[] whole = file(RECORD);
    for (int i = 0; i < whole.length; i++) {
      if (Character.isDigit(whole[i])) {
        byte[] changed = whole.clone();
        changed[i] = (byte) (whole[i] == '9' ? '8' : whole[i] + 1);
        assertRefusedOrTheSame(changed);
      }
    }
  }

  @Test
  void everyDeletedRangeIsFound() {
    byte[] whole = file(RECORD);
    for (int length : List.of(1, 2, 5, 19, 64, 200)) {
      for (int from = 0; from + length <= whole.length; from += 2) {
        byte[] changed = Arrays.copyOf(whole, whole.length - length);
        System.arraycopy(whole, from + length, changed, from, whole.length - from - length);
        assertRefusedOrTheSame(changed);
      }
    }
  }

  private static void assertRefusedOrTheSame(byte[] changed) {
    EpochRecord found;
    try {
      found = EpochRecord.parse(changed, 1);
    } catch (IOException refused) {
      return;
    }
    assertThat(found.recordSha256()).as(new String(changed, StandardCharsets.UTF_8)).isEmpty();
    assertThat(found.result()).isEqualTo(RECORD.result());
    assertThat(found.stateSha256()).isEqualTo(RECORD.stateSha256());
    assertThat(found.rounds()).isEqualTo(RECORD.rounds());
  }

  @Test
  void recordOfAnEarlierVersionIsReadAndItsNumbersAreChecked() throws IOException {
    String json = older(result(0.25, 0.5));
    assertThat(json).doesNotContain("record_sha256", "previous_state_sha256", "run_id", "task_ms");
    EpochRecord older = EpochRecord.parse(bytes(json), 1);
    assertThat(older.result()).isEqualTo(result(0.25, 0.5));
    assertThat(older.rounds().get(0).cost()).isEqualTo(TestRounds.cost(1.25, 0.3, 8, 9));
    assertThatThrownBy(() -> EpochRecord.parse(bytes(older(result(0.25, 1.5))), 1))
        .hasMessage("it contains impossible numbers");
    assertThatThrownBy(
            () ->
                EpochRecord.parse(
                    bytes(json.replaceFirst("\"examples\" : 7", "\"examples\" : 8")), 1))
        .hasMessage("it contains impossible numbers");
    assertThatThrownBy(
            () ->
                EpochRecord.parse(
                    bytes(json.replace("\"train_loss\" : 0.25", "\"train_loss\" : 1e999")), 1))
        .hasMessage("it is not the complete JSON of a record");
  }

  /** With right checksums, which a hostile writer can compute. */
  @Test
  void negativeCountsAndTimesAreImpossible() {
    for (String changed :
        List.of(
            "\"seconds\" : 1.5 -> \"seconds\" : -1.5",
            "\"worker\" : 0 -> \"worker\" : -1",
            "\"round\" : 1 -> \"round\" : -1",
            "\"batches\" : 1 -> \"batches\" : -1",
            "\"bytes_in\" : 8 -> \"bytes_in\" : -8",
            "\"compute_ms\" : 1.25 -> \"compute_ms\" : -1.25")) {
      String[] parts = changed.split(" -> ", -1);
      String json = older(result(0.25, 0.5));
      assertThat(json).contains(parts[0]);
      assertThatThrownBy(() -> EpochRecord.parse(bytes(json.replace(parts[0], parts[1])), 1))
          .as(changed)
          .hasMessage("it contains impossible numbers");
    }
  }

  /** The empty text is between all characters: the checksum's zeros must not take its place. */
  @Test
  void checksumOfAnotherLengthIsRefusedBeforeItIsReplaced() {
    String text = new String(file(RECORD), StandardCharsets.UTF_8);
    for (String sum : List.of("", "a", "0".repeat(63), "G".repeat(64))) {
      String changed = text.replace(RECORD.recordSha256().orElseThrow(), sum);
      assertThatThrownBy(() -> EpochRecord.parse(bytes(changed), 1))
          .isInstanceOf(IOException.class)
          .hasMessage("its checksum is not one of 64 hexadecimal digits");
    }
  }

  @Test
  void recordOfAnotherEpochIsRefused() {
    assertThatThrownBy(() -> EpochRecord.parse(file(RECORD), 2))
        .hasMessage("it does not describe epoch 2");
  }

  @Test
  void fileThatIsNoRecordIsRefused() {
    for (String text : List.of("", "null", "[]", "7", "\"a\"", "{}", "[".repeat(100_000))) {
      assertThatThrownBy(() -> EpochRecord.parse(bytes(text), 1))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("it ");
    }
    String nullRow =
        older(result(0.25, 0.5)).replaceFirst("(?s)\"rounds\" : \\[.*\\]", "\"rounds\" : [ null ]");
    assertThatThrownBy(() -> EpochRecord.parse(bytes(nullRow), 1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("it ");
  }

  @Test
  void recordTellsItsRunIfManifestAndRecordHaveItsId() throws IOException {
    assertThat(new String(file(RECORD), StandardCharsets.UTF_8)).contains("\"run_id\" : \"a\"");
    RECORD.requireOf(Optional.of("a"));
    RECORD.requireOf(Optional.empty());
    EpochRecord.parse(bytes(older(result(0.25, 0.5))), 1).requireOf(Optional.of("b"));
    assertThatThrownBy(() -> RECORD.requireOf(Optional.of("b")))
        .isInstanceOf(IOException.class)
        .hasMessage("it belongs to run a, expected b");
  }

  @Test
  void recordOfAnotherRunDoesNotFollow() throws IOException {
    EpochRecord next =
        EpochRecord.after(
            Optional.of(RECORD), Optional.of("a"), result(0.2, 0.6), "cd", List.of(row(7)));
    next.requireAfter(RECORD);
    EpochRecord foreign =
        EpochRecord.after(Optional.empty(), Optional.of("a"), result(0.25, 0.5), "ef", List.of());
    assertThatThrownBy(() -> next.requireAfter(foreign))
        .isInstanceOf(IOException.class)
        .hasMessage("it does not follow epochs/000001.json, so one of them belongs to another run");
  }
}
