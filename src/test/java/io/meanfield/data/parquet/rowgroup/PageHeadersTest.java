package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.parquet.DeclaredSizes;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files whose rows Spark reads are refused if a page or a column declares what it cannot have. */
class PageHeadersTest {
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message m {
            required double x;
            optional binary name (STRING);
            optional int32 day (DATE);
            required fixed_len_byte_array(2) price (DECIMAL(4, 2));
            optional group array (LIST) { repeated group list { optional float element; } }
          }
          """);
  private static final List<String> COLUMNS = List.of("X", "name", "day", "price", "array");
  private static final int ROWS = 100;

  @TempDir private Path folder;

  static Stream<Arguments> forms() {
    return Stream.of(WriterVersion.values())
        .flatMap(
            version ->
                Stream.of(
                        CompressionCodecName.UNCOMPRESSED,
                        CompressionCodecName.SNAPPY,
                        CompressionCodecName.GZIP,
                        CompressionCodecName.ZSTD)
                    .map(codec -> Arguments.of(codec, version)));
  }

  private byte[] file(CompressionCodecName codec, WriterVersion version) throws IOException {
    Path file = folder.resolve("valid.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(HADOOP)
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withCompressionCodec(codec)
            .withDictionaryEncoding("name", true)
            .withMinRowCountForPageSizeCheck(16)
            .withPageRowCountLimit(ROWS / 2)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        Group row = new SimpleGroupFactory(SCHEMA).newGroup().append("x", i / 8.0);
        row.append("name", "n" + i % 3).append("day", i);
        row.append("price", Binary.fromConstantByteArray(new byte[] {0, (byte) (i % 7)}));
        Group array = row.addGroup("array");
        for (int k = 0; k < 3; k++) {
          array.addGroup("list").append("element", i / (k + 1f));
        }
        writer.write(row);
      }
    }
    return Files.readAllBytes(file);
  }

  private FileLayout layout(byte[] content, List<String> columns) throws IOException {
    Path file = Files.write(folder.resolve("hostile.parquet"), content);
    return FileLayout.ofRows(file.toUri().toString(), columns, HADOOP);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void validPagesAreAccepted(CompressionCodecName codec, WriterVersion version) throws IOException {
    FileLayout layout = layout(file(codec, version), COLUMNS);
    assertThat(layout.usable()).isTrue();
    assertThat(layout.rows()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void impossibleNumbersOfEachPageAreRefused(CompressionCodecName codec, WriterVersion version)
      throws IOException {
    byte[] valid = file(codec, version);
    assertThat(DeclaredSizes.pages(valid)).isGreaterThan(2 * COLUMNS.size());
    for (int page = 0; page < DeclaredSizes.pages(valid); page++) {
      for (int number : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 28}) {
        assertRefused(valid, page, DeclaredSizes.OfPage.VALUES, number);
        assertRefused(valid, page, DeclaredSizes.OfPage.COMPRESSED_SIZE, number);
        if (codec != CompressionCodecName.UNCOMPRESSED) {
          assertRefused(valid, page, DeclaredSizes.OfPage.SIZE, number);
        }
      }
    }
  }

  private void assertRefused(byte[] valid, int page, DeclaredSizes.OfPage what, int number)
      throws IOException {
    byte[] content = DeclaredSizes.withPage(valid, page, what, number);
    assertThatThrownBy(() -> layout(content, COLUMNS))
        .as("%s of page %s is %s", what, page, number)
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            folder.resolve("hostile.parquet") + " cannot be read: its content is damaged")
        .hasMessageFindingMatch(" declares | must not be negative ");
  }

  @Test
  void sizeInSnappysBytesIsRefused() throws IOException {
    byte[] bomb = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0, 0, 0};
    byte[] content =
        DeclaredSizes.withBytes(
            file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0), 0, bomb, 8);
    assertThatThrownBy(() -> layout(content, COLUMNS))
        .hasMessageContaining(
            "(a page of 8 bytes, compressed with SNAPPY, has 2147483647 bytes after decompression,"
                + " expected the 8 that it declares)");
  }

  @Test
  void sizeInSnappysBytesThatHasNoEndIsRefused() throws IOException {
    byte[] valid = file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0);
    for (int stored : new int[] {1, 3, 5, 8}) {
      byte[] bytes = new byte[stored];
      Arrays.fill(bytes, (byte) 0xff);
      byte[] content = DeclaredSizes.withBytes(valid, 0, bytes, 8);
      assertThatThrownBy(() -> layout(content, COLUMNS))
          .hasMessageContaining(
              "(a page of "
                  + stored
                  + " bytes, compressed with SNAPPY, begins with a size that has no end)");
    }
  }

  @Test
  void columnsWithMoreBytesThanTheFileAreRefused() throws IOException {
    byte[] valid = file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0);
    int size = valid.length - 50;
    byte[] content = DeclaredSizes.withChunk(valid, 0, DeclaredSizes.OfChunk.COMPRESSED_SIZE, size);
    assertDamaged(
        content,
        "column name has \\d+ bytes, the columns before it leave "
            + (content.length - size)
            + " of the "
            + content.length
            + " bytes of the file");
  }

  @Test
  void arraysWithFewerValuesThanRowsAreRefused() throws IOException {
    byte[] valid = file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0);
    int array = DeclaredSizes.chunks(valid) - 1;
    assertDamaged(
        DeclaredSizes.withChunk(valid, array, DeclaredSizes.OfChunk.VALUES, ROWS - 1),
        "column array.list.element has 99 values in a group of 100 rows");
  }

  private void assertDamaged(byte[] content, String reason) {
    assertThatThrownBy(() -> layout(content, COLUMNS))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            ".* cannot be read: its metadata are damaged \\("
                + reason
                + "\\); restore the file, or remove it from the data");
  }

  @Test
  void columnsThatAreNotReadAreNotChecked() throws IOException {
    byte[] content =
        DeclaredSizes.withPage(
            file(CompressionCodecName.SNAPPY, WriterVersion.PARQUET_1_0),
            0,
            DeclaredSizes.OfPage.VALUES,
            -1);
    assertThat(layout(content, List.of("name", "day")).usable()).isTrue();
  }

  @Test
  void fileThatIsNoParquetFileIsLeftToSpark() throws IOException {
    assertThat(layout(new byte[100], COLUMNS).usable()).isFalse();
  }
}
