package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TestRounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpochRecordTest {
  private static final EpochRecord RECORD =
      EpochRecord.of(Optional.of("a"), result(0.25, 0.5), "ab", List.of(row(3), row(4)));

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
        new RoundRow.Cost(1.25, 0.3, 1.5, 8, 9));
  }

  private static byte[] file(EpochRecord record) {
    return bytes(Json.text(record) + "\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
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

  @Test
  void recordOfAnotherEpochIsRefused() {
    assertThatThrownBy(() -> EpochRecord.parse(file(RECORD), 2))
        .hasMessage("it does not describe epoch 2");
  }

  @Test
  void recordTellsItsRun() throws IOException {
    assertThat(new String(file(RECORD), StandardCharsets.UTF_8)).contains("\"run_id\" : \"a\"");
    RECORD.requireOf(Optional.of("a"));
    assertThatThrownBy(() -> RECORD.requireOf(Optional.of("b")))
        .isInstanceOf(IOException.class)
        .hasMessage("it belongs to run a, expected b");
  }
}
