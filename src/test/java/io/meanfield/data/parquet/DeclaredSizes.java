package io.meanfield.data.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/** Replaces the sizes, numbers and positions that a valid Parquet file declares. */
public final class DeclaredSizes {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int END = Integer.BYTES + MAGIC.length;

  private DeclaredSizes() {}

  /** What a page declares. */
  public enum OfPage {
    SIZE,
    COMPRESSED_SIZE,
    VALUES;

    private void set(PageHeader page, int value) {
      switch (this) {
        case SIZE -> page.setUncompressed_page_size(value);
        case COMPRESSED_SIZE -> page.setCompressed_page_size(value);
        case VALUES -> setValues(page, value);
      }
    }

    private static void setValues(PageHeader page, int value) {
      if (page.isSetDictionary_page_header()) {
        page.getDictionary_page_header().setNum_values(value);
      } else if (page.isSetData_page_header()) {
        page.getData_page_header().setNum_values(value);
      } else {
        page.getData_page_header_v2().setNum_values(value);
      }
    }
  }

  /** What the metadata at the end of the file declare of a column in a row group. */
  public enum OfChunk {
    SIZE,
    COMPRESSED_SIZE,
    VALUES,
    POSITION,
    ROWS;

    private void set(RowGroup group, ColumnMetaData chunk, long value) {
      switch (this) {
        case SIZE -> chunk.setTotal_uncompressed_size(value);
        case COMPRESSED_SIZE -> chunk.setTotal_compressed_size(value);
        case VALUES -> chunk.setNum_values(value);
        case POSITION -> chunk.setData_page_offset(value);
        case ROWS -> group.setNum_rows(value);
      }
    }
  }

  /** Where a page header is. */
  private record Place(int begin, int end, PageHeader page, ColumnMetaData chunk) {}

  /** Returns the number of pages in the file. */
  public static int pages(byte[] file) throws IOException {
    return places(file, footer(file)).size();
  }

  /** Returns the number of chunks, each a column of a row group, in the file. */
  public static int chunks(byte[] file) throws IOException {
    return chunks(footer(file)).size();
  }

  /** Returns the file whose page {@code index} declares another value. */
  public static byte[] withPage(byte[] file, int index, OfPage what, int value) throws IOException {
    FileMetaData footer = footer(file);
    Place place = places(file, footer).get(index);
    what.set(place.page(), value);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    Util.writePageHeader(place.page(), header);
    return replaced(file, footer, place, header.toByteArray());
  }

  /** Returns the file whose page {@code index} has other bytes and declares their size. */
  public static byte[] withBytes(byte[] file, int index, byte[] bytes, int size)
      throws IOException {
    FileMetaData footer = footer(file);
    Place place = places(file, footer).get(index);
    int end = place.end() + place.page().getCompressed_page_size();
    place.page().setCompressed_page_size(bytes.length);
    place.page().setUncompressed_page_size(size);
    place.page().unsetCrc();
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    Util.writePageHeader(place.page(), page);
    page.write(bytes);
    Place whole = new Place(place.begin(), end, place.page(), place.chunk());
    return replaced(file, footer, whole, page.toByteArray());
  }

  /** Returns the file whose metadata declare another value for chunk {@code index}. */
  public static byte[] withChunk(byte[] file, int index, OfChunk what, long value)
      throws IOException {
    FileMetaData footer = footer(file);
    int columns = footer.getRow_groups().get(0).getColumnsSize();
    what.set(
        footer.getRow_groups().get(index / columns),
        chunks(footer).get(index).getMeta_data(),
        value);
    return joined(Arrays.copyOf(file, footerBegin(file)), footer);
  }

  private static byte[] replaced(byte[] file, FileMetaData footer, Place place, byte[] bytes)
      throws IOException {
    int more = bytes.length - (place.end() - place.begin());
    ColumnMetaData changed = place.chunk();
    changed.setTotal_compressed_size(changed.getTotal_compressed_size() + more);
    for (ColumnChunk chunk : chunks(footer)) {
      move(chunk, place.begin(), more);
    }
    for (RowGroup group : footer.getRow_groups()) {
      if (group.isSetFile_offset()) {
        group.setFile_offset(moved(group.getFile_offset(), place.begin(), more));
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(file, 0, place.begin());
    body.write(bytes);
    body.write(file, place.end(), footerBegin(file) - place.end());
    return joined(body.toByteArray(), footer);
  }

  // The indexes of pages, which may be absent, would have to be moved and written again.
  private static void move(ColumnChunk chunk, int after, int more) {
    chunk.unsetColumn_index_offset();
    chunk.unsetOffset_index_offset();
    chunk.setFile_offset(moved(chunk.getFile_offset(), after, more));
    ColumnMetaData data = chunk.getMeta_data();
    data.setData_page_offset(moved(data.getData_page_offset(), after, more));
    if (data.isSetDictionary_page_offset()) {
      data.setDictionary_page_offset(moved(data.getDictionary_page_offset(), after, more));
    }
  }

  private static long moved(long position, int after, int more) {
    return position > after ? position + more : position;
  }

  private static byte[] joined(byte[] body, FileMetaData footer) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(body);
    Util.writeFileMetaData(footer, file);
    int length = file.size() - body.length;
    file.write(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    file.write(MAGIC);
    return file.toByteArray();
  }

  private static int footerBegin(byte[] file) {
    int end = file.length - END;
    return end - ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
  }

  private static FileMetaData footer(byte[] file) throws IOException {
    int begin = footerBegin(file);
    return Util.readFileMetaData(new ByteArrayInputStream(file, begin, file.length - begin));
  }

  private static List<ColumnChunk> chunks(FileMetaData footer) {
    return footer.getRow_groups().stream().flatMap(group -> group.getColumns().stream()).toList();
  }

  private static List<Place> places(byte[] file, FileMetaData footer) throws IOException {
    List<Place> places = new ArrayList<>();
    for (ColumnChunk chunk : chunks(footer)) {
      ColumnMetaData data = chunk.getMeta_data();
      long begin =
          data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0
              ? data.getDictionary_page_offset()
              : data.getData_page_offset();
      long end = begin + data.getTotal_compressed_size();
      for (int at = (int) begin; at < end; ) {
        ByteArrayInputStream in = new ByteArrayInputStream(file, at, file.length - at);
        PageHeader page = Util.readPageHeader(in);
        Place place = new Place(at, file.length - in.available(), page, data);
        places.add(place);
        at = place.end() + page.getCompressed_page_size();
      }
    }
    return places;
  }
}
