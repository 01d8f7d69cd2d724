package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;

/**
 * The pages of a column without arrays. Reads many values at a time; Parquet's own {@code
 * ColumnReader} takes several times as long, because it decides for each value what comes next.
 */
final class FlatPages implements ColumnInput {
  private final ColumnDescriptor column;
  private final PageReader pages;
  private final Optional<Dictionary> dictionary;
  private PresenceRuns presence = PresenceRuns.ALL;
  private ValuesReader values = new PlainNumbers(ByteBuffer.allocate(0), 0);
  private int left;

  FlatPages(ColumnDescriptor column, PageReader pages) throws IOException {
    this.column = column;
    this.pages = pages;
    DictionaryPage page = pages.readDictionaryPage();
    this.dictionary =
        page == null
            ? Optional.empty()
            : Optional.of(page.getEncoding().initDictionary(column, page));
  }

  @Override
  public void read(ColumnValues target, int rows) throws IOException {
    FlatValues flat = (FlatValues) target;
    int done = 0;
    while (done < rows) {
      int most = startPage(rows - done); // which changes what is present
      int count = presence.next(most);
      if (presence.isPresent()) {
        flat.read(values, done, count);
      } else {
        flat.leaveOut(done, count);
      }
      left -= count;
      done += count;
    }
  }

  @Override
  public void skip(long rows) throws IOException {
    long missing = rows;
    while (missing > 0) {
      int count = startPage(missing);
      if (count < left) {
        skipInPage(count);
      }
      left -= count;
      missing -= count;
    }
  }

  /** Returns the number of the next rows that are in one page. */
  private int startPage(long most) throws IOException {
    while (left == 0) {
      start(pages.readPage());
    }
    return (int) Math.min(most, left);
  }

  private void skipInPage(int rows) throws IOException {
    int missing = rows;
    while (missing > 0) {
      int count = presence.next(missing);
      values.skip(presence.isPresent() ? count : 0);
      missing -= count;
    }
  }

  private void start(DataPage page) throws IOException {
    if (page == null) {
      throw new IOException("column " + String.join(".", column.getPath()) + " ends too early");
    }
    left = page.getValueCount();
    if (page instanceof DataPageV1 first) {
      start(first);
    } else {
      start((DataPageV2) page);
    }
  }

  private void start(DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    presence = PresenceRuns.of(column, page.getDlEncoding(), left, in);
    values = values(page.getValueEncoding(), in);
  }

  @SuppressWarnings("deprecation") // only in the Parquet of Spark 4
  private void start(DataPageV2 page) throws IOException {
    presence = PresenceRuns.of(column, page.getDefinitionLevels().toByteBuffer());
    values = values(page.getDataEncoding(), page.getData().toInputStream());
  }

  private ValuesReader values(Encoding encoding, ByteBufferInputStream in) throws IOException {
    int width = width();
    if (width > 0 && encoding == Encoding.PLAIN) {
      return new PlainNumbers(in.slice(in.available()), width);
    }
    ValuesReader reader =
        encoding.usesDictionary()
            ? encoding.getDictionaryBasedValuesReader(
                column, ValuesType.VALUES, dictionary.orElseThrow())
            : encoding.getValuesReader(column, ValuesType.VALUES);
    reader.initFromPage(left, in);
    return reader;
  }

  /** Returns the number of bytes of a number; 0 for other values. */
  private int width() {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32, FLOAT -> Integer.BYTES;
      case INT64, DOUBLE -> Long.BYTES;
      default -> 0;
    };
  }
}
