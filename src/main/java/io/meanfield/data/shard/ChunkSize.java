package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.settings.Section;
import java.util.OptionalLong;

/**
 * The largest size of a chunk of a shard: {@code data.chunk-size}. It is a part of what determines
 * the weights, because examples are shuffled inside chunks.
 *
 * @param bytes empty if each shard is one chunk
 */
public record ChunkSize(OptionalLong bytes) {
  /** The default of {@code data.chunk-size}. */
  public static final ChunkSize DEFAULT = of(64L << 20);

  /** The largest value of {@code data.chunk-size}: an array of Java has at most 2 GiB. */
  private static final long MOST = 1L << 30;

  private static final String KEY = "chunk-size";

  /** Returns the size in bytes. */
  public static ChunkSize of(long bytes) {
    return new ChunkSize(OptionalLong.of(bytes));
  }

  /**
   * Reads the size.
   *
   * @param data the section {@code data}
   */
  public static ChunkSize read(Section data) {
    OptionalLong bytes = data.sizeOr("none", KEY, 1);
    if (bytes.isPresent() && bytes.getAsLong() > MOST) {
      data.invalid(KEY, "at most 1g");
      return DEFAULT;
    }
    return new ChunkSize(bytes);
  }

  /**
   * Returns the largest number of examples in a chunk. It depends on what an example consists of,
   * and not on the cluster: a pixel has one byte, an id eight bytes, everything else four. The text
   * of an id does not count.
   */
  public int rows(Dataset data) {
    if (bytes.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    long features = (long) data.width() * (data.hasImages() ? Byte.BYTES : Float.BYTES);
    long targets = (long) Math.max(1, data.targetKind().width()) * Float.BYTES;
    long weight = data.isWeighted() ? Float.BYTES : 0;
    long rows = bytes.getAsLong() / (Long.BYTES + features + targets + weight);
    return (int) Math.max(1, Math.min(rows, Integer.MAX_VALUE));
  }
}
