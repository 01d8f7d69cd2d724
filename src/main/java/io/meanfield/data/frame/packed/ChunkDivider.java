package io.meanfield.data.frame.packed;

import java.util.Iterator;
import scala.Tuple2;

/** Divides the rows of chunks among more partitions than they were packed for. */
public final class ChunkDivider extends RowChunks {
  private final Iterator<Tuple2<Integer, byte[]>> chunks;

  /**
   * Starts before the first chunk.
   *
   * @param partitions a power of two
   */
  public ChunkDivider(Iterator<Tuple2<Integer, byte[]>> chunks, int partitions) {
    super(partitions);
    this.chunks = chunks;
  }

  @Override
  boolean addMore() {
    if (!chunks.hasNext()) {
      return false;
    }
    byte[] chunk = chunks.next()._2();
    int length;
    for (int start = 0; start < chunk.length; start += length) {
      length = PackedRows.intAt(chunk, start);
      add(PackedRows.longAt(chunk, start + Integer.BYTES), chunk, start, length);
    }
    return true;
  }
}
