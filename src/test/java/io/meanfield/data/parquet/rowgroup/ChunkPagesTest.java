package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages are those that Parquet's own reader finds, whatever the size of the buffer. */
@SuppressWarnings("deprecation") // only in the Parquet of Spark 4
class ChunkPagesTest {
  private static final int ROWS = 3_000;
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message m {
            required int64 id;
            optional double x;
            optional binary name (STRING);
            optional binary text (STRING);
            optional group array (LIST) { repeated group list { optional float element; } }
          }
          """);

  @TempDir private Path folder;

  private String write(WriterVersion version, CompressionCodecName codec) throws IOException {
    Path file = folder.resolve("table.parquet");
    Random random = new Random(7);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(HADOOP)
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withCompressionCodec(codec)
            .withPageWriteChecksumEnabled(true)
            .withPageRowCountLimit(500)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(row(i, random));
      }
    }
    return file.toUri().toString();
  }

  private static Group row(int i, Random random) {
    Group row = new SimpleGroupFactory(SCHEMA).newGroup();
    row.append("id", (long) i).append("name", "n" + i % 5).append("text", "t".repeat(i % 90) + i);
    if (i % 3 != 0) {
      row.append("x", random.nextDouble());
    }
    Group array = row.addGroup("array");
    for (int k = 0; k < i % 4; k++) {
      array.addGroup("list").append("element", random.nextFloat());
    }
    return row;
  }

  /** Describes all pages of a column, with their bytes. */
  private static List<String> pages(PageReader reader) throws IOException {
    List<String> pages = new ArrayList<>();
    DictionaryPage dictionary = reader.readDictionaryPage();
    if (dictionary != null) {
      pages.add(
          dictionary.getEncoding()
              + " "
              + dictionary.getDictionarySize()
              + Arrays.toString(dictionary.getBytes().toByteArray()));
    }
    for (DataPage page = reader.readPage(); page != null; page = reader.readPage()) {
      pages.add(page.getValueCount() + " " + content(page));
    }
    return pages;
  }

  private static String content(DataPage page) throws IOException {
    if (page instanceof DataPageV1 first) {
      return first.getRlEncoding()
          + " "
          + first.getDlEncoding()
          + " "
          + first.getValueEncoding()
          + Arrays.toString(first.getBytes().toByteArray());
    }
    DataPageV2 second = (DataPageV2) page;
    return second.getRowCount()
        + " "
        + second.getNullCount()
        + " "
        + second.getDataEncoding()
        + Arrays.toString(second.getRepetitionLevels().toByteArray())
        + Arrays.toString(second.getDefinitionLevels().toByteArray())
        + Arrays.toString(second.getData().toByteArray());
  }

  private static List<String> found(
      OpenFile file, ColumnDescriptor column, int number, int bufferSize) throws IOException {
    ColumnChunkMetaData chunk = file.groups().get(0).getColumns().get(number);
    ChunkBytes bytes =
        new ChunkBytes(file, chunk.getStartingPos(), chunk.getTotalSize(), bufferSize);
    bytes.readFirst();
    return pages(
        new ChunkPages(
            column, chunk.getValueCount(), bytes, new PageContent(column, chunk.getCodec(), file)));
  }

  @ParameterizedTest
  @CsvSource({
    "PARQUET_1_0, UNCOMPRESSED",
    "PARQUET_1_0, SNAPPY",
    "PARQUET_1_0, ZSTD",
    "PARQUET_2_0, UNCOMPRESSED",
    "PARQUET_2_0, SNAPPY",
    "PARQUET_2_0, GZIP",
    "PARQUET_2_0, LZ4_RAW"
  })
  void pagesAreThoseOfParquetsReader(WriterVersion version, CompressionCodecName codec)
      throws IOException {
    String path = write(version, codec);
    HadoopInputFile input =
        HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(URI.create(path)), HADOOP);
    try (ParquetFileReader parquet = ParquetFileReader.open(input);
        OpenFile file = OpenFile.open(path, HADOOP)) {
      PageReadStore expected = parquet.readNextRowGroup();
      for (int i = 0; i < SCHEMA.getColumns().size(); i++) {
        ColumnDescriptor column = SCHEMA.getColumns().get(i);
        List<String> pages = pages(expected.getPageReader(column));
        assertThat(pages).hasSizeGreaterThan(1);
        for (int bufferSize : new int[] {1, 37, 4_000, 1 << 20}) {
          assertThat(found(file, column, i, bufferSize))
              .as("%s, buffer of %d bytes", column, bufferSize)
              .isEqualTo(pages);
        }
      }
    }
  }

  @Test
  void wrongChecksumIsRefusedIfHadoopsSettingsSaySo() throws IOException {
    String path = write(WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED);
    ColumnDescriptor column = SCHEMA.getColumns().get(0);
    Path file = folder.resolve("table.parquet");
    byte[] content = Files.readAllBytes(file);
    content[400] ^= 1;
    Files.write(file, content);
    Files.deleteIfExists(folder.resolve(".table.parquet.crc"));
    Configuration verifying = new Configuration(HADOOP);
    verifying.setBoolean("parquet.page.verify-checksum.enabled", true);
    try (OpenFile unverified = OpenFile.open(path, HADOOP);
        OpenFile verified = OpenFile.open(path, verifying)) {
      assertThat(found(unverified, column, 0, 1_000)).isNotEmpty();
      assertThatThrownBy(() -> found(verified, column, 0, 1_000))
          .hasMessageContaining("a page of column id has the checksum ")
          .hasMessageContaining(", expected ");
    }
  }
}
