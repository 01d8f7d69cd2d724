package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.meanfield.data.parquet.DeclaredSizes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xerial.snappy.Snappy;

/** Pages that declare a wrong size are refused before memory for it is allocated. */
class HostilePagesTest {
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message m { required double x; }");
  private static final List<FileColumn> COLUMNS =
      List.of(new FileColumn("x", ValueKind.DOUBLE, false));
  private static final int ROWS = 1_000;
  private static final List<CompressionCodecName> CODECS =
      List.of(
          CompressionCodecName.SNAPPY,
          CompressionCodecName.GZIP,
          CompressionCodecName.ZSTD,
          CompressionCodecName.LZ4_RAW);
  // What reading a small file takes, with classes that are loaded for it.
  private static final long MAX_ALLOCATED = 32L << 20;

  @TempDir private Path folder;

  private byte[] file(CompressionCodecName codec, WriterVersion version) throws IOException {
    Path file = folder.resolve("valid.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(HADOOP)
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withDictionaryEncoding(false)
            .withCompressionCodec(codec)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(new SimpleGroupFactory(SCHEMA).newGroup().append("x", i / 8.0));
      }
    }
    return Files.readAllBytes(file);
  }

  /** Reads all values; returns their sum. */
  private double read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("hostile.parquet"), content);
    FileLayout layout = FileLayout.of(file.toUri().toString(), COLUMNS, HADOOP);
    assertThat(layout.usable()).isTrue();
    RowRange range = RowRange.divide(List.of(layout), 1, ROWS).get(0);
    double sum = 0;
    try (RowRangeReader reader = new RowRangeReader(range, COLUMNS, 1, HADOOP)) {
      while (reader.hasNext()) {
        reader.next(RowRangeReader.MAX_ROWS);
        for (int row = 0; row < reader.rows(); row++) {
          sum += ((DoubleValues) reader.values(0)).number(row);
        }
      }
    }
    return sum;
  }

  private void assertRefused(byte[] content, String reason) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long direct = directBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> read(content))
        .hasMessageStartingWith("Error while reading file file:")
        .rootCause()
        .hasMessageContaining(reason);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATED);
    assertThat(directBytes() - direct).isLessThan(MAX_ALLOCATED);
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  static Stream<Arguments> compressed() {
    return CODECS.stream()
        .flatMap(codec -> Stream.of(WriterVersion.values()).map(each -> Arguments.of(codec, each)));
  }

  @ParameterizedTest
  @MethodSource("compressed")
  void validPagesAreRead(CompressionCodecName codec, WriterVersion version) throws IOException {
    assertThat(read(file(codec, version))).isEqualTo(ROWS * (ROWS - 1) / 16.0);
  }

  @ParameterizedTest
  @MethodSource("compressed")
  void impossibleSizesAreRefused(CompressionCodecName codec, WriterVersion version)
      throws IOException {
    byte[] valid = file(codec, version);
    for (int size : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30}) {
      assertRefused(
          DeclaredSizes.withPage(valid, 0, DeclaredSizes.OfPage.SIZE, size),
          "compressed with " + codec + ", declares a size of " + size + " bytes, expected 0 to ");
    }
  }

  @Test
  void sizeInSnappysBytesIsRefused() throws IOException {
    byte[] bomb = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0, 0};
    assertRefused(
        DeclaredSizes.withBytes(
            file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0), 0, bomb, 8),
        "a page of 8 bytes, compressed with SNAPPY, has 2147483647 bytes after decompression,"
            + " expected the 8 that it declares");
  }

  /** The decompressors of the Parquet of Spark 3 wait forever for the missing bytes. */
  @Test
  @Timeout(60)
  void pageThatEndsBeforeItsDeclaredSizeIsRefused() throws IOException {
    byte[] content = new byte[16];
    assertRefused(
        DeclaredSizes.withBytes(
            file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0),
            0,
            Snappy.compress(content),
            24),
        "compressed with SNAPPY, has 16 bytes after decompression, expected the 24 that it"
            + " declares");
    assertRefused(
        DeclaredSizes.withBytes(
            file(CompressionCodecName.LZ4_RAW, WriterVersion.PARQUET_1_0),
            0,
            LZ4Factory.safeInstance().fastCompressor().compress(content),
            24),
        "compressed with LZ4_RAW, has 16 bytes after decompression, expected the 24 that it"
            + " declares");
    assertRefused(
        DeclaredSizes.withBytes(
            file(CompressionCodecName.LZ4_RAW, WriterVersion.PARQUET_1_0),
            0,
            new byte[] {0x20, 1},
            8),
        "a page of 2 bytes is no LZ4_RAW");
  }

  @Test
  void sizeInSnappysBytesThatHasNoEndIsRefused() throws IOException {
    assertRefused(
        DeclaredSizes.withBytes(
            file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0),
            0,
            new byte[] {(byte) 0xff},
            8),
        "a page of 1 bytes, compressed with SNAPPY, begins with a size that has no end");
  }

  @Test
  void bombOfHonestSizeIsRefused() throws IOException {
    int size = CheckedCodecs.MAX_BYTES + 1;
    assertRefused(
        DeclaredSizes.withBytes(
            file(CompressionCodecName.GZIP, WriterVersion.PARQUET_1_0),
            0,
            gzippedZeros(size),
            size),
        " declares a size of 268435457 bytes, expected 0 to 268435456");
  }

  @Test
  void chunkThatIsLargerThanTheFileIsRefusedWithTheFile() throws IOException {
    byte[] valid = file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0);
    for (long size : new long[] {1L << 40, valid.length, -1, Long.MAX_VALUE}) {
      Path file =
          Files.write(
              folder.resolve("hostile.parquet"),
              DeclaredSizes.withChunk(valid, 0, DeclaredSizes.OfChunk.COMPRESSED_SIZE, size));
      assertThatThrownBy(() -> FileLayout.of(file.toUri().toString(), COLUMNS, HADOOP))
          .hasMessage(
              file
                  + " cannot be read: its metadata are damaged (column x has "
                  + size
                  + " bytes from position 4, the file has "
                  + Files.size(file)
                  + "); restore the file, or remove it from the data");
    }
  }

  private static byte[] gzippedZeros(int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes, 1 << 16)) {
      byte[] zeros = new byte[1 << 20];
      for (int left = size; left > 0; left -= zeros.length) {
        out.write(zeros, 0, Math.min(left, zeros.length));
      }
    }
    return bytes.toByteArray();
  }
}
