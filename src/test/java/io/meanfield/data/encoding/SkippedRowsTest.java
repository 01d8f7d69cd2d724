package io.meanfield.data.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class SkippedRowsTest {
  private static SkippedRow row(long line) {
    return SkippedRow.of(
        new SkippedRow.Place("a.csv", String.format("%05d", line)),
        InvalidRowException.ofValue("a.csv:" + line, "x", "v" + line, "is wrong"));
  }

  private static SkippedRows of(LongStream lines) {
    SkippedRows rows = new SkippedRows();
    lines.forEach(line -> rows.add(row(line)));
    return rows;
  }

  @Test
  void firstRowsAreListedAndAllAreCountedInAnyDivision() {
    int all = 3 * SkippedRows.MAX_LISTED;
    SkippedRows one = of(LongStream.rangeClosed(1, all));
    SkippedRows parts =
        of(LongStream.rangeClosed(1, all).filter(line -> line % 2 == 0))
            .plus(of(LongStream.rangeClosed(1, all).filter(line -> line % 2 == 1)));
    assertThat(one.count()).isEqualTo(all);
    assertThat(parts.count()).isEqualTo(all);
    assertThat(parts.listed()).isEqualTo(one.listed()).hasSize(SkippedRows.MAX_LISTED);
    assertThat(one.listed().get(0)).isEqualTo(row(1));
  }

  @Test
  void noMoreRowsAreSentThanAreListed() {
    int most = SkippedRows.MAX_LISTED;
    SkippedRows listed = of(LongStream.rangeClosed(1, most));
    SkippedRows more = of(LongStream.rangeClosed(1, 2L * most));
    assertThat(SerializationUtils.serialize(more))
        .hasSameSizeAs(SerializationUtils.serialize(listed));
    SkippedRows sent = SerializationUtils.roundtrip(of(LongStream.rangeClosed(1, 2L * most)));
    assertThat(sent.count()).isEqualTo(2L * most);
    assertThat(sent.listed()).isEqualTo(listed.listed());
  }

  @Test
  void longValuesAreShortened() {
    SkippedRow row =
        SkippedRow.of(
            new SkippedRow.Place("a.csv", "2"),
            InvalidRowException.ofValue("a.csv:2", "x", "y".repeat(500), "is wrong"));
    assertThat(row.value()).hasSize(101).endsWith("y…");
  }

  @Test
  void valueInAMessageIsOneShortLine() {
    assertThat(InvalidRowException.shown("red")).isEqualTo("red");
    assertThat(InvalidRowException.shown("a\r\nb\u001b[2J")).isEqualTo("a??b?[2J");
    assertThat(InvalidRowException.shown("y".repeat(500))).isEqualTo("y".repeat(100) + "…");
  }
}
