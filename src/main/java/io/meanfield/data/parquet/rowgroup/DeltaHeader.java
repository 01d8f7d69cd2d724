package io.meanfield.data.parquet.rowgroup;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;

/**
 * The header of integers in the encoding DELTA_BINARY_PACKED, which texts have for their lengths.
 *
 * @param blockSize the number of integers of a block
 * @param parts the number of parts of a block
 * @param total the number of all integers
 */
record DeltaHeader(int blockSize, int parts, int total) {
  // Writers choose 128 or 256.
  private static final int MAX_BLOCK_SIZE = 1 << 16;

  /**
   * Returns a page with the same content, which can be read.
   *
   * @throws IOException if the page has such headers and one declares more than the page can have
   */
  static DataPage checked(ColumnDescriptor column, DataPage page) throws IOException {
    Encoding encoding =
        page instanceof DataPageV1 first
            ? first.getValueEncoding()
            : ((DataPageV2) page).getDataEncoding();
    return switch (encoding) {
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY -> {
        DataPage copy = page instanceof DataPageV1 first ? copy(first) : copy((DataPageV2) page);
        require(column, copy, encoding);
        yield copy;
      }
      default -> page;
    };
  }

  // A page can be read once, because it is decompressed at that time.
  @SuppressWarnings("deprecation") // only in the Parquet of Spark 4
  private static DataPage copy(DataPageV1 page) throws IOException {
    return new DataPageV1(
        BytesInput.copy(page.getBytes()),
        page.getValueCount(),
        page.getUncompressedSize(),
        page.getStatistics(),
        page.getRlEncoding(),
        page.getDlEncoding(),
        page.getValueEncoding());
  }

  @SuppressWarnings("deprecation") // only in the Parquet of Spark 4
  private static DataPage copy(DataPageV2 page) throws IOException {
    return DataPageV2.uncompressed(
        page.getRowCount(),
        page.getNullCount(),
        page.getValueCount(),
        page.getRepetitionLevels(),
        page.getDefinitionLevels(),
        page.getDataEncoding(),
        BytesInput.copy(page.getData()),
        page.getStatistics());
  }

  private static void require(ColumnDescriptor column, DataPage page, Encoding encoding)
      throws IOException {
    read(data(column, page)).require(page.getValueCount());
    if (encoding == Encoding.DELTA_BYTE_ARRAY) {
      // The lengths of common prefixes, and after them the texts without the prefixes.
      ByteBufferInputStream in = data(column, page);
      new DeltaBinaryPackingValuesReader().initFromPage(page.getValueCount(), in);
      read(in).require(page.getValueCount());
    }
  }

  private static DeltaHeader read(ByteBufferInputStream in) throws IOException {
    return new DeltaHeader(
        BytesUtils.readUnsignedVarInt(in),
        BytesUtils.readUnsignedVarInt(in),
        BytesUtils.readUnsignedVarInt(in));
  }

  private void require(int values) throws IOException {
    boolean isPossible =
        blockSize > 0
            && blockSize <= MAX_BLOCK_SIZE
            && parts > 0
            && parts <= blockSize
            && total >= 0
            && total <= values;
    if (!isPossible) {
      throw new IOException("expected integers for " + values + " values, found " + this);
    }
  }

  /** Returns the values of a page, without the levels. */
  private static ByteBufferInputStream data(ColumnDescriptor column, DataPage page)
      throws IOException {
    if (page instanceof DataPageV2 second) {
      return second.getData().toInputStream();
    }
    DataPageV1 first = (DataPageV1) page;
    ByteBufferInputStream in = first.getBytes().toInputStream();
    skipLevels(in, first.getRlEncoding(), column.getMaxRepetitionLevel(), page.getValueCount());
    skipLevels(in, first.getDlEncoding(), column.getMaxDefinitionLevel(), page.getValueCount());
    return in;
  }

  @SuppressWarnings("deprecation") // BIT_PACKED, which old files have
  private static void skipLevels(ByteBufferInputStream in, Encoding encoding, int most, int values)
      throws IOException {
    if (most == 0) {
      return;
    }
    long bytes =
        encoding == Encoding.BIT_PACKED
            ? ((long) values * BytesUtils.getWidthFromMaxInt(most) + Byte.SIZE - 1) / Byte.SIZE
            : in.slice(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (bytes < 0 || bytes > in.available()) {
      throw new EOFException("the levels of a page end too early");
    }
    in.skipFully(bytes);
  }
}
