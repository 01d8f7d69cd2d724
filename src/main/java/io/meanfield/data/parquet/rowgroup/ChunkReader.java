package io.meanfield.data.parquet.rowgroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** The columns of a row group that are read, each with a buffer of its own. */
final class ChunkReader {
  private final Map<ColumnDescriptor, PageReader> pages = new HashMap<>();

  private ChunkReader() {}

  /** A column and where its bytes are, which {@link CheckedMetadata} has checked. */
  private record Chunk(ColumnDescriptor column, ColumnChunkMetaData place) {}

  /** Reads the first bytes of each column. */
  static ChunkReader open(OpenFile file, BlockMetaData group, List<ColumnDescriptor> columns)
      throws IOException {
    List<Chunk> chunks = inOrderOfFile(group, columns);
    List<Integer> buffers =
        BufferSizes.of(chunks.stream().map(chunk -> chunk.place().getTotalSize()).toList());
    ChunkReader reader = new ChunkReader();
    for (int i = 0; i < chunks.size(); i++) {
      reader.add(file, chunks.get(i), buffers.get(i));
    }
    return reader;
  }

  private static List<Chunk> inOrderOfFile(BlockMetaData group, List<ColumnDescriptor> columns) {
    Map<List<String>, ColumnChunkMetaData> places = new HashMap<>();
    group.getColumns().forEach(chunk -> places.put(List.of(chunk.getPath().toArray()), chunk));
    List<Chunk> chunks = new ArrayList<>();
    columns.forEach(column -> chunks.add(new Chunk(column, places.get(List.of(column.getPath())))));
    chunks.sort(Comparator.comparingLong(chunk -> chunk.place().getStartingPos()));
    return chunks;
  }

  private void add(OpenFile file, Chunk chunk, int bufferSize) throws IOException {
    ColumnChunkMetaData place = chunk.place();
    ChunkBytes bytes =
        new ChunkBytes(file, place.getStartingPos(), place.getTotalSize(), bufferSize);
    bytes.readFirst();
    pages.put(
        chunk.column(),
        new ChunkPages(
            chunk.column(),
            place.getValueCount(),
            bytes,
            new PageContent(chunk.column(), place.getCodec(), file)));
  }

  /** Returns the pages of a column. */
  PageReader pages(ColumnDescriptor column) {
    return pages.get(column);
  }
}
