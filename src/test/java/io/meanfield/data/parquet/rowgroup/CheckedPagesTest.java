package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page is refused before what it declares is allocated. */
@SuppressWarnings("deprecation") // only in the Parquet of Spark 4
class CheckedPagesTest {
  private static final int VALUES = 8;
  private static final int BLOCK = 128;
  private static final int PARTS = 4;

  private static ColumnDescriptor column(String type) {
    return MessageTypeParser.parseMessageType("message m { optional " + type + " x; }")
        .getColumns()
        .get(0);
  }

  /** Pages of a column whose metadata declare 8 values. */
  private record Pages(DictionaryPage readDictionaryPage, Queue<DataPage> waiting)
      implements PageReader {
    @Override
    public long getTotalValueCount() {
      return VALUES;
    }

    @Override
    public DataPage readPage() {
      return waiting.poll();
    }
  }

  private static CheckedPages of(String type, DataPage... pages) {
    return new CheckedPages(column(type), new Pages(null, new ArrayDeque<>(List.of(pages))));
  }

  private static BytesInput header(int block, int parts, int total) {
    return BytesInput.concat(
        BytesInput.fromUnsignedVarInt(block),
        BytesInput.fromUnsignedVarInt(parts),
        BytesInput.fromUnsignedVarInt(total),
        BytesInput.fromZigZagVarLong(1)); // the first integer
  }

  private static Statistics<?> none(String type) {
    return Statistics.createStats(column(type).getPrimitiveType());
  }

  private static DataPage first(Encoding encoding, BytesInput values) throws IOException {
    // The number of bytes of the levels, and one run of them: its length and the level.
    BytesInput levels =
        BytesInput.concat(BytesInput.fromInt(2), BytesInput.from(new byte[] {VALUES << 1, 1}));
    BytesInput bytes = BytesInput.copy(BytesInput.concat(levels, values));
    return new DataPageV1(
        bytes, VALUES, (int) bytes.size(), none("int32"), Encoding.RLE, Encoding.RLE, encoding);
  }

  private static DataPage second(int values, Encoding encoding, BytesInput data) {
    return DataPageV2.uncompressed(
        values, 0, values, BytesInput.empty(), BytesInput.empty(), encoding, data, none("int32"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"})
  void integersThatCannotBeInThePageAreRefused(Encoding encoding) throws IOException {
    for (BytesInput header :
        List.of(
            header(BLOCK, PARTS, Integer.MAX_VALUE),
            header(BLOCK, PARTS, VALUES + 1),
            header(1 << 30, PARTS, 1),
            header(BLOCK, 0, 1),
            header(0, PARTS, 1))) {
      assertThatThrownBy(() -> of("int32", first(encoding, header)).readPage())
          .hasMessageContaining("expected integers for 8 values, found DeltaHeader[blockSize=");
      assertThatThrownBy(() -> of("int32", second(VALUES, encoding, header)).readPage())
          .hasMessageContaining("expected integers for 8 values, found DeltaHeader[blockSize=");
    }
  }

  @Test
  void textsAfterTheirPrefixesAreRefused() {
    BytesInput data =
        BytesInput.concat(header(BLOCK, PARTS, 1), header(BLOCK, PARTS, Integer.MAX_VALUE));
    assertThatThrownBy(
            () -> of("binary", second(VALUES, Encoding.DELTA_BYTE_ARRAY, data)).readPage())
        .hasMessageContaining("total=2147483647");
  }

  @Test
  void pageThatIsAllowedKeepsItsContent() throws IOException {
    BytesInput header = BytesInput.copy(header(BLOCK, PARTS, VALUES));
    DataPage page = of("int32", second(VALUES, Encoding.DELTA_BINARY_PACKED, header)).readPage();
    assertThat(((DataPageV2) page).getData().toByteArray()).isEqualTo(header.toByteArray());
  }

  @Test
  void moreValuesThanTheRowGroupHasAreRefused() {
    CheckedPages pages =
        of(
            "int32",
            second(VALUES - 1, Encoding.PLAIN, BytesInput.empty()),
            second(2, Encoding.PLAIN, BytesInput.empty()));
    assertThat(pages.readPage().getValueCount()).isEqualTo(VALUES - 1);
    assertThatThrownBy(pages::readPage)
        .hasMessage("a page of column x declares 2 values, expected at most 1");
  }

  @Test
  void dictionaryWithMoreValuesThanItsBytesHoldIsRefused() {
    DictionaryPage page =
        new DictionaryPage(BytesInput.from(new byte[16]), Integer.MAX_VALUE, Encoding.PLAIN);
    assertThatThrownBy(
            () ->
                new CheckedPages(column("int64"), new Pages(page, new ArrayDeque<>()))
                    .readDictionaryPage())
        .hasMessage("a page of column x declares 2147483647 values, expected at most 2");
  }
}
