package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Checks the headers of the pages of a column in a row group for a reader that allocates what they
 * declare. Leaves out the content of the pages.
 */
final class PageHeaders {
  // Most headers have less than 100 bytes; small pages come along.
  private static final int BUFFER = 4 << 10;

  private final ColumnDescriptor column;
  private final CompressionCodecName codec;
  private final ChunkBytes bytes;
  private long left;

  private PageHeaders(OpenFile file, ColumnDescriptor column, ColumnChunkMetaData chunk) {
    this.column = column;
    this.codec = chunk.getCodec();
    this.bytes = new ChunkBytes(file, chunk.getStartingPos(), chunk.getTotalSize(), BUFFER);
    this.left = chunk.getValueCount();
  }

  /**
   * Checks the pages of a file.
   *
   * @param columns the names of the columns that are read, in upper or lower case
   * @throws IOException if a header cannot be read, or if its page is too large
   * @throws IllegalStateException if a page declares more than there can be
   */
  static void check(OpenFile file, List<String> columns) throws IOException {
    Set<String> read = columns.stream().map(PageHeaders::lower).collect(Collectors.toSet());
    for (BlockMetaData group : file.groups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        String[] path = chunk.getPath().toArray();
        if (read.contains(lower(path[0]))) {
          new PageHeaders(file, file.metadata().getSchema().getColumnDescription(path), chunk)
              .check();
        }
      }
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void check() throws IOException {
    while (left > 0) {
      PageHeader header = Util.readPageHeader(bytes);
      int stored = header.getCompressed_page_size();
      requireAtMost(bytes.left(), stored, "bytes");
      long after = bytes.left() - stored;
      check(header, stored);
      bytes.leaveOut((int) (bytes.left() - after));
    }
  }

  private void check(PageHeader header, int stored) throws IOException {
    int size = header.getUncompressed_page_size();
    switch (header.getType()) {
      case DATA_PAGE -> {
        checkSize(stored, size);
        count(header.getData_page_header().getNum_values());
      }
      case DATA_PAGE_V2 -> check(header.getData_page_header_v2(), stored, size);
      case DICTIONARY_PAGE -> {
        checkSize(stored, size);
        int real = codec == CompressionCodecName.UNCOMPRESSED ? stored : size;
        int values = header.getDictionary_page_header().getNum_values();
        requireAtMost(real / CheckedPages.leastBytes(column), values, "values");
      }
      default -> {} // has no values
    }
  }

  // The levels come first, and they are not compressed.
  private void check(DataPageHeaderV2 page, int stored, int size) throws IOException {
    int repetitions = page.getRepetition_levels_byte_length();
    requireAtMost(stored, repetitions, "bytes");
    int definitions = page.getDefinition_levels_byte_length();
    requireAtMost(stored - repetitions, definitions, "bytes");
    if (page.isIs_compressed()) {
      int levels = repetitions + definitions;
      bytes.leaveOut(levels);
      checkSize(stored - levels, size - levels);
    }
    count(page.getNum_values());
  }

  private void checkSize(int stored, int size) throws IOException {
    if (codec != CompressionCodecName.UNCOMPRESSED) {
      CheckedCodecs.requireSize(codec, bytes, stored, size);
    }
  }

  private void count(int values) {
    requireAtMost(left, values, "values");
    left -= values;
  }

  private void requireAtMost(long most, long found, String unit) {
    DeclaredNumber.requireAtMost(most, found, unit, column);
  }
}
