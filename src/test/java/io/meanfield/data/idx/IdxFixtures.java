package io.meanfield.data.idx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small IDX files for tests. */
public final class IdxFixtures {
  private IdxFixtures() {}

  /** Returns an IDX file of unsigned bytes. */
  public static byte[] idx(byte[] elements, int... dimensions) {
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions.length);
    header.put(new byte[] {0, 0, 8, (byte) dimensions.length});
    for (int dimension : dimensions) {
      header.putInt(dimension);
    }
    byte[] file = new byte[header.capacity() + elements.length];
    System.arraycopy(header.array(), 0, file, 0, header.capacity());
    System.arraycopy(elements, 0, file, header.capacity(), elements.length);
    return file;
  }

  /** Returns {@code count} images of 2 x 3 pixels, all different. */
  public static byte[] images(int count) {
    byte[] pixels = new byte[count * 6];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7 + i / 6);
    }
    return idx(pixels, count, 2, 3);
  }

  /** Returns the labels 0, 1, 2, 0, 1 … */
  public static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    return idx(labels, count);
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  public static String write(Path folder, String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
