package io.meanfield.data.idx;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** Reads consecutive blocks of examples from an image file and its label file; on an executor. */
final class IdxBlockReader implements Iterator<Examples> {
  private final IdxFile images;
  private final Optional<IdxFile> labels;
  private final Configuration hadoop;
  private final int classes;
  private final Iterator<Block> blocks;
  private Optional<InputStream> pixelStream = Optional.empty();
  private Optional<InputStream> labelStream = Optional.empty();

  /**
   * The {@code count} examples from {@code first} on.
   *
   * @param firstId the id of the first example, which differs from its position if other files
   *     precede this one
   */
  @DefaultSerializer(JavaSerializer.class)
  record Block(long first, int count, long firstId) implements Serializable {}

  IdxBlockReader(
      IdxFile images,
      Optional<IdxFile> labels,
      Configuration hadoop,
      int classes,
      Iterator<Block> blocks) {
    this.images = images;
    this.labels = labels;
    this.hadoop = hadoop;
    this.classes = classes;
    this.blocks = blocks;
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> close());
  }

  @Override
  public boolean hasNext() {
    return blocks.hasNext();
  }

  @Override
  public Examples next() {
    if (!blocks.hasNext()) {
      throw new NoSuchElementException();
    }
    Block block = blocks.next();
    open(block);
    byte[] pixels = read(images, pixelStream, block);
    byte[] labelBytes = labels.isPresent() ? read(labels.get(), labelStream, block) : new byte[0];
    long[] ids = new long[block.count()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = block.firstId() + i;
    }
    checkLabels(block, labelBytes);
    return Examples.images(ids, labelBytes, pixels, images.width());
  }

  private void open(Block block) {
    if (pixelStream.isEmpty()) {
      pixelStream = Optional.of(openAt(images, block));
      labelStream = labels.map(file -> openAt(file, block));
    }
  }

  private InputStream openAt(IdxFile file, Block block) {
    try {
      return file.open(hadoop, block.first());
    } catch (IOException e) {
      throw file.truncated(0, e);
    }
  }

  private static byte[] read(IdxFile file, Optional<InputStream> stream, Block block) {
    byte[] bytes = new byte[Math.multiplyExact(block.count(), file.width())];
    InputStream in = stream.orElseThrow();
    int filled = 0;
    try {
      while (filled < bytes.length) {
        int read = in.read(bytes, filled, bytes.length - filled);
        if (read < 0) {
          throw new IOException("end of data");
        }
        filled += read;
      }
      boolean last = block.first() + block.count() == file.count();
      // Reading past the last element also makes the gzip stream check its checksum.
      if (last && in.read() >= 0) {
        throw file.trailingBytes("more");
      }
      return bytes;
    } catch (IOException e) {
      throw file.truncated(block.first() + filled / file.width(), e);
    }
  }

  private void checkLabels(Block block, byte[] labelBytes) {
    for (int i = 0; i < labelBytes.length; i++) {
      int label = labelBytes[i] & 0xff;
      if (label >= classes) {
        throw IdxFile.unreadable(
            "%s has label %s for example %s, expected 0 to %s, one for each output of the network",
            labels.orElseThrow().display(), label, block.first() + i, classes - 1);
      }
    }
  }

  private void close() {
    pixelStream.ifPresent(IdxBlockReader::close);
    labelStream.ifPresent(IdxBlockReader::close);
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
