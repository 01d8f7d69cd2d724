package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses pages of at most {@link #MAX_BYTES}. Refuses a page that declares more bytes than
 * its compressed bytes can hold, because Parquet allocates what a page declares. Refuses a page of
 * Snappy or LZ4_RAW whose bytes end before its declared size, because the Parquet of Spark 3 waits
 * for the other bytes forever (PARQUET-2060).
 */
final class CheckedCodecs implements CompressionCodecFactory {
  /** Writers make pages of 1 MiB, some of 100 MiB. */
  static final int MAX_BYTES = 256 << 20;

  // Of a size of 32 bits in groups of seven.
  private static final int MAX_SIZE_BYTES = 5;

  private final CompressionCodecFactory codecs;

  CheckedCodecs(CompressionCodecFactory codecs) {
    this.codecs = codecs;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return codecs.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Checked(codec, codecs.getDecompressor(codec));
  }

  @Override
  public void release() {
    codecs.release();
  }

  private record Checked(CompressionCodecName codec, BytesInputDecompressor pages)
      implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      if (codec != CompressionCodecName.UNCOMPRESSED) {
        try (InputStream in = bytes.toInputStream()) {
          requireSize(codec, in, bytes.size(), size);
        }
      }
      if (codec != CompressionCodecName.LZ4_RAW) {
        return pages.decompress(bytes, size);
      }
      try (InputStream in = bytes.toInputStream()) {
        return BytesInput.from(lz4Decompressed(in.readAllBytes(), size));
      }
    }

    @Override
    public void decompress(ByteBuffer bytes, int compressed, ByteBuffer page, int size)
        throws IOException {
      pages.decompress(bytes, compressed, page, size);
    }

    @Override
    public void release() {
      pages.release();
    }
  }

  /**
   * Throws unless compressed bytes can have so many bytes after decompression.
   *
   * @param in the compressed bytes, of which some are taken
   * @param stored the number of compressed bytes
   * @param size the number of bytes after decompression that the page declares
   */
  static void requireSize(CompressionCodecName codec, InputStream in, long stored, int size)
      throws IOException {
    requireAtMost(Math.min(MAX_BYTES, stored * mostOfAByte(codec)), codec, stored, size);
    if (codec == CompressionCodecName.SNAPPY && stored > 0) {
      requireDecompressed(size, codec, stored, snappySize(in, stored));
    }
  }

  private static byte[] lz4Decompressed(byte[] stored, int size) throws IOException {
    byte[] page = new byte[size];
    try {
      int found = LZ4Factory.fastestInstance().safeDecompressor().decompress(stored, page);
      requireDecompressed(size, CompressionCodecName.LZ4_RAW, stored.length, found);
      return page;
    } catch (LZ4Exception e) {
      throw new IOException(
          "a page of " + stored.length + " bytes is no LZ4_RAW: " + e.getMessage());
    }
  }

  private static void requireDecompressed(
      int declared, CompressionCodecName codec, long stored, int found) throws IOException {
    if (found != declared) {
      throw new IOException(
          "a page of "
              + stored
              + " bytes, compressed with "
              + codec
              + ", has "
              + found
              + " bytes after decompression, expected the "
              + declared
              + " that it declares");
    }
  }

  /** Reads the size that bytes declare that Snappy has compressed, the lowest bits first. */
  private static int snappySize(InputStream in, long stored) throws IOException {
    int size = 0;
    for (int i = 0; i < Math.min(stored, MAX_SIZE_BYTES); i++) {
      int next = in.read();
      size |= (next & 0x7f) << (7 * i);
      if ((next & 0x80) == 0) {
        return size;
      }
    }
    throw new IOException(
        "a page of "
            + stored
            + " bytes, compressed with SNAPPY, begins with a size that has no end");
  }

  /** Returns into how many bytes a compressed byte can be decompressed at most. */
  private static long mostOfAByte(CompressionCodecName codec) {
    return switch (codec) {
      case SNAPPY -> 22; // 64 bytes of 3
      case LZ4, LZ4_RAW -> 255;
      case GZIP -> 1_032; // 258 bytes of 2 bits
      default -> 1 << 15; // of ZSTD, a block of 128 KiB of 4 bytes
    };
  }

  private static void requireAtMost(long most, CompressionCodecName codec, long stored, int size)
      throws IOException {
    if (size < 0 || size > most) {
      throw new IOException(
          "a page of "
              + stored
              + " bytes, compressed with "
              + codec
              + ", declares a size of "
              + size
              + " bytes, expected 0 to "
              + most);
    }
  }
}
