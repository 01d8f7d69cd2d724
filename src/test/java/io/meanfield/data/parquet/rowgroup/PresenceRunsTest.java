package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.values.bitpacking.ByteBitPackingValuesWriter;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.schema.MessageTypeParser;

/** Runs are those that Parquet's writers encode. */
@SuppressWarnings("deprecation") // only in the Parquet of Spark 4
class PresenceRunsTest {
  private static final ColumnDescriptor COLUMN =
      MessageTypeParser.parseMessageType("message m { optional float x; }").getColumns().get(0);

  /** Returns rows in runs of the given lengths, which in turn have a value and have none. */
  private static List<Boolean> rows(List<Integer> runs) {
    List<Boolean> rows = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      rows.addAll(Collections.nCopies(runs.get(i), i % 2 == 0));
    }
    return rows;
  }

  private static byte[] encoded(List<Boolean> rows) throws IOException {
    RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(1, 16, 1 << 16, new HeapByteBufferAllocator());
    for (boolean isPresent : rows) {
      encoder.writeInt(isPresent ? 1 : 0);
    }
    return encoder.toBytes().toByteArray();
  }

  private static List<Boolean> decoded(PresenceRuns runs, int rows, int most) throws IOException {
    List<Boolean> found = new ArrayList<>();
    while (found.size() < rows) {
      int count = runs.next(Math.min(most, rows - found.size()));
      assertThat(count).isBetween(1, most);
      found.addAll(Collections.nCopies(count, runs.isPresent()));
    }
    return found;
  }

  @Property(tries = 300)
  void rowsAreThoseThatWereEncoded(
      @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 30) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 100) int most)
      throws IOException {
    List<Boolean> rows = rows(lengths);
    byte[] levels = encoded(rows);
    assertThat(decoded(PresenceRuns.of(COLUMN, ByteBuffer.wrap(levels)), rows.size(), most))
        .isEqualTo(rows);
    ByteBuffer first =
        ByteBuffer.allocate(levels.length + 2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    first.putInt(levels.length).put(levels).putInt(77).flip();
    ByteBufferInputStream page = ByteBufferInputStream.wrap(first);
    assertThat(decoded(PresenceRuns.of(COLUMN, Encoding.RLE, rows.size(), page), rows.size(), most))
        .isEqualTo(rows);
    assertThat(page.read()).isEqualTo(77); // the values
  }

  @Example
  @SuppressWarnings("deprecation") // BIT_PACKED, which old files have
  void levelsOfOldFilesAreRead() throws IOException {
    List<Boolean> rows = rows(List.of(3, 1, 9, 12, 2));
    ByteBitPackingValuesWriter writer = new ByteBitPackingValuesWriter(1, Packer.BIG_ENDIAN);
    rows.forEach(isPresent -> writer.writeInteger(isPresent ? 1 : 0));
    ByteBufferInputStream page =
        ByteBufferInputStream.wrap(ByteBuffer.wrap(writer.getBytes().toByteArray()));
    assertThat(
            decoded(
                PresenceRuns.of(COLUMN, Encoding.BIT_PACKED, rows.size(), page), rows.size(), 5))
        .isEqualTo(rows);
  }

  @Example
  void levelsThatEndTooEarlyAreRefused() throws IOException {
    PresenceRuns runs = PresenceRuns.of(COLUMN, ByteBuffer.wrap(new byte[] {6, 1}));
    assertThat(runs.next(10)).isEqualTo(3);
    assertThatThrownBy(() -> runs.next(10)).hasMessage("the levels of a page end too early");
  }
}
