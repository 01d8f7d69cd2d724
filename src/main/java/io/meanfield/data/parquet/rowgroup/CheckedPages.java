package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;

/**
 * The pages of a column in a row group. Refuses pages that declare more values than there can be,
 * because Parquet allocates what a page declares.
 */
final class CheckedPages implements PageReader {
  private final ColumnDescriptor column;
  private final PageReader pages;
  private long left;

  CheckedPages(ColumnDescriptor column, PageReader pages) {
    this.column = column;
    this.pages = pages;
    this.left = pages.getTotalValueCount();
  }

  @Override
  public DictionaryPage readDictionaryPage() {
    DictionaryPage page = pages.readDictionaryPage();
    if (page != null) {
      requireAtMost(page.getBytes().size() / leastBytes(column), page.getDictionarySize());
    }
    return page;
  }

  /** Returns the number of bytes of a value in a dictionary at least. */
  static int leastBytes(ColumnDescriptor column) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT64, DOUBLE -> Long.BYTES;
      case BOOLEAN -> 1;
      case FIXED_LEN_BYTE_ARRAY -> Math.max(1, column.getPrimitiveType().getTypeLength());
      default -> Integer.BYTES; // of texts, the length
    };
  }

  @Override
  public long getTotalValueCount() {
    return pages.getTotalValueCount();
  }

  @Override
  public DataPage readPage() {
    DataPage page = pages.readPage();
    if (page == null) {
      return page;
    }
    requireAtMost(left, page.getValueCount());
    left -= page.getValueCount();
    try {
      return DeltaHeader.checked(column, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireAtMost(long most, long found) {
    DeclaredNumber.requireAtMost(most, found, "values", column);
  }
}
