package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page is refused before the bytes that it declares are allocated. */
class PageContentTest {
  private static final Configuration HADOOP = new Configuration();
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType("message m { required int32 x; }");
  private static final ColumnDescriptor COLUMN = SCHEMA.getColumns().get(0);
  private static final int LARGE = 1 << 30;
  private static final int ROWS = 1_000;
  private static final int SIZE = 1_000;
  private static final int MAGIC = 4;

  @TempDir private Path folder;

  /** Writes a column of 1,000 numbers in one page, whose header is then replaced. */
  private OpenFile file(PageHeader header, CompressionCodecName codec) throws IOException {
    Path path = folder.resolve("table.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(path.toUri()))
            .withConf(HADOOP)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .withType(SCHEMA)
            .withCompressionCodec(codec)
            .withDictionaryEncoding(false)
            .build()) {
      for (int i = 0; i < ROWS; i++) {
        writer.write(new SimpleGroupFactory(SCHEMA).newGroup().append("x", i * 7919));
      }
    }
    byte[] content = Files.readAllBytes(path);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writePageHeader(header, bytes);
    System.arraycopy(bytes.toByteArray(), 0, content, MAGIC, bytes.size());
    Files.write(path, content);
    Files.deleteIfExists(folder.resolve(".table.parquet.crc"));
    return OpenFile.open(path.toUri().toString(), HADOOP);
  }

  private void requireMessage(PageHeader header, CompressionCodecName codec, String pattern)
      throws IOException {
    try (OpenFile file = file(header, codec)) {
      PageReader pages =
          ChunkReader.open(file, file.groups().get(0), SCHEMA.getColumns()).pages(COLUMN);
      assertThatThrownBy(pages::readPage).hasMessageMatching(pattern);
    }
  }

  private static PageHeader first(int compressed, int uncompressed) {
    PageHeader header = new PageHeader(PageType.DATA_PAGE, uncompressed, compressed);
    header.setData_page_header(
        new DataPageHeader(ROWS, Encoding.PLAIN, Encoding.RLE, Encoding.RLE));
    return header;
  }

  private static PageHeader second(int uncompressed, int definition, int repetition) {
    PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, uncompressed, SIZE);
    header.setData_page_header_v2(
        new DataPageHeaderV2(ROWS, 0, ROWS, Encoding.PLAIN, definition, repetition));
    return header;
  }

  @Test
  void pageWithMoreBytesThanItsColumnIsRefused() throws IOException {
    for (int size : new int[] {Integer.MAX_VALUE, LARGE, 100_000}) {
      requireMessage(
          first(size, SIZE),
          CompressionCodecName.UNCOMPRESSED,
          "a page of column x declares " + size + " bytes, expected at most 4\\d\\d\\d");
    }
  }

  @Test
  void levelsThatAreLargerThanTheirPageAreRefused() throws IOException {
    for (int size : new int[] {Integer.MAX_VALUE, SIZE + 1, -1}) {
      requireMessage(
          second(SIZE, size, 0),
          CompressionCodecName.SNAPPY,
          "a page of column x declares " + size + " bytes, expected at most " + SIZE);
    }
    requireMessage(
        second(SIZE, 1, SIZE),
        CompressionCodecName.SNAPPY,
        "a page of column x declares 1 bytes, expected at most 0");
  }

  @Test
  void dictionaryAfterOtherPagesIsRefused() throws IOException {
    PageHeader dictionary = new PageHeader(PageType.DICTIONARY_PAGE, SIZE, SIZE);
    dictionary.setDictionary_page_header(new DictionaryPageHeader(1, Encoding.PLAIN));
    requireMessage(
        dictionary,
        CompressionCodecName.UNCOMPRESSED,
        "java.io.IOException: column x has a dictionary after other pages");
  }
}
