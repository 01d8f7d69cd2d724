package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * The pages of a column in a row group. A page is read and decompressed when it is asked for, so
 * that one page is in memory at a time. Parquet's own reader holds all pages of all columns.
 */
final class ChunkPages implements PageReader {
  private final ColumnDescriptor column;
  private final long values;
  private final ChunkBytes bytes;
  private final PageContent content;
  private final Statistics<?> unknown;
  private Optional<PageHeader> next = Optional.empty();
  private long read;

  /**
   * Makes pages, none of which is read yet.
   *
   * @param values the number of values of all pages
   */
  ChunkPages(ColumnDescriptor column, long values, ChunkBytes bytes, PageContent content) {
    this.column = column;
    this.values = values;
    this.bytes = bytes;
    this.content = content;
    this.unknown = Statistics.createStats(column.getPrimitiveType());
  }

  @Override
  public long getTotalValueCount() {
    return values;
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    try {
      if (read == values || header().getType() != PageType.DICTIONARY_PAGE) {
        return null; // as Parquet's interface says
      }
      PageHeader header = takeHeader();
      byte[] entries = content.whole(header, bytes);
      return new DictionaryPage(
          BytesInput.from(entries),
          header.getUncompressed_page_size(),
          header.getDictionary_page_header().getNum_values(),
          encoding(header.getDictionary_page_header().getEncoding()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataPage readPage() {
    try {
      while (read < values) {
        PageHeader header = takeHeader();
        switch (header.getType()) {
          case DATA_PAGE -> {
            return counted(first(header));
          }
          case DATA_PAGE_V2 -> {
            return counted(second(header));
          }
          case DICTIONARY_PAGE ->
              throw new IOException(
                  "column "
                      + String.join(".", column.getPath())
                      + " has a dictionary after other pages");
          default -> content.skip(header, bytes);
        }
      }
      return null; // as Parquet's interface says
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PageHeader header() throws IOException {
    if (next.isEmpty()) {
      next = Optional.of(Util.readPageHeader(bytes));
    }
    return next.get();
  }

  private PageHeader takeHeader() throws IOException {
    PageHeader header = header();
    next = Optional.empty();
    return header;
  }

  private DataPage counted(DataPage page) {
    read += page.getValueCount();
    return page;
  }

  @SuppressWarnings("deprecation") // only in the Parquet of Spark 4
  private DataPage first(PageHeader header) throws IOException {
    DataPageHeader data = header.getData_page_header();
    return new DataPageV1(
        BytesInput.from(content.whole(header, bytes)),
        data.getNum_values(),
        header.getUncompressed_page_size(),
        unknown,
        encoding(data.getRepetition_level_encoding()),
        encoding(data.getDefinition_level_encoding()),
        encoding(data.getEncoding()));
  }

  @SuppressWarnings("deprecation") // only in the Parquet of Spark 4
  private DataPage second(PageHeader header) throws IOException {
    DataPageHeaderV2 data = header.getData_page_header_v2();
    PageContent.Parts parts = content.parts(header, bytes);
    return DataPageV2.uncompressed(
        data.getNum_rows(),
        data.getNum_nulls(),
        data.getNum_values(),
        BytesInput.from(parts.repetitionLevels()),
        BytesInput.from(parts.definitionLevels()),
        encoding(data.getEncoding()),
        BytesInput.from(parts.values()),
        unknown);
  }

  private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }
}
