package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Takes the content of pages out of the bytes of a column and decompresses it. Refuses pages that
 * declare more bytes than the column has, before memory is allocated for them; {@link
 * CheckedCodecs} refuses those that declare too many after decompression.
 */
final class PageContent {
  private final ColumnDescriptor column;
  private final CompressionCodecName codec;
  private final BytesInputDecompressor decompressor;
  private final boolean verifiesChecksums;

  /** The decompressed parts of a page of the second version. */
  record Parts(byte[] repetitionLevels, byte[] definitionLevels, byte[] values) {}

  PageContent(ColumnDescriptor column, CompressionCodecName codec, OpenFile file) {
    this.column = column;
    this.codec = codec;
    this.decompressor = file.decompressor(codec);
    this.verifiesChecksums = file.verifiesChecksums();
  }

  /** Returns the content of a page that is compressed as a whole. */
  byte[] whole(PageHeader header, ChunkBytes bytes) throws IOException {
    return decompressed(stored(header, bytes), header.getUncompressed_page_size());
  }

  /** Returns the content of a page of the second version, whose levels are not compressed. */
  Parts parts(PageHeader header, ChunkBytes bytes) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    ByteBuffer stored = stored(header, bytes);
    byte[] repetitionLevels = next(stored, data.getRepetition_levels_byte_length());
    byte[] definitionLevels = next(stored, data.getDefinition_levels_byte_length());
    int size =
        header.getUncompressed_page_size() - repetitionLevels.length - definitionLevels.length;
    byte[] values =
        data.isIs_compressed() ? decompressed(stored, size) : next(stored, stored.remaining());
    return new Parts(repetitionLevels, definitionLevels, values);
  }

  /** Leaves out a page of a kind that has no values. */
  void skip(PageHeader header, ChunkBytes bytes) throws IOException {
    stored(header, bytes);
  }

  private ByteBuffer stored(PageHeader header, ChunkBytes bytes) throws IOException {
    int size = header.getCompressed_page_size();
    requireAtMost(bytes.left(), size);
    ByteBuffer stored = bytes.take(size);
    if (verifiesChecksums && header.isSetCrc()) {
      requireChecksum(stored.duplicate(), header.getCrc());
    }
    return stored;
  }

  private byte[] next(ByteBuffer stored, int count) {
    requireAtMost(stored.remaining(), count);
    byte[] taken = new byte[count];
    stored.get(taken);
    return taken;
  }

  @SuppressWarnings("deprecation") // only in the Parquet of Spark 4
  private byte[] decompressed(ByteBuffer stored, int size) throws IOException {
    if (codec == CompressionCodecName.UNCOMPRESSED) {
      return next(stored, stored.remaining());
    }
    return size == 0
        ? new byte[0]
        : decompressor.decompress(BytesInput.from(stored), size).toByteArray();
  }

  private void requireAtMost(long most, long found) {
    DeclaredNumber.requireAtMost(most, found, "bytes", column);
  }

  private void requireChecksum(ByteBuffer stored, int expected) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(stored);
    if ((int) checksum.getValue() != expected) {
      throw new IOException(
          "a page of column "
              + String.join(".", column.getPath())
              + " has the checksum "
              + Integer.toHexString((int) checksum.getValue())
              + ", expected "
              + Integer.toHexString(expected));
    }
  }
}
