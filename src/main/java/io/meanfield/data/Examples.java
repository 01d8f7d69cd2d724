package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * Labelled images as they cross Spark.
 *
 * @param ids stable ids, one for each example
 * @param labels one class for each example, unsigned bytes; empty where the data have no labels
 * @param pixels the images one behind the other, {@code width} unsigned bytes each
 * @param width pixels of one image
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Examples(long[] ids, byte[] labels, byte[] pixels, int width)
    implements Serializable {
  // Keras' x / 255, rounded once.
  private static final float[] SCALED = new float[256];

  static {
    for (int pixel = 0; pixel < SCALED.length; pixel++) {
      SCALED[pixel] = (float) (pixel / 255.0);
    }
  }

  public Examples {
    if (pixels.length != (long) ids.length * width) {
      throw new IllegalArgumentException(
          ids.length
              + " examples of "
              + width
              + " pixels need "
              + (long) ids.length * width
              + " bytes, found "
              + pixels.length);
    }
    if (labels.length != 0 && labels.length != ids.length) {
      throw new IllegalArgumentException(
          ids.length + " examples have " + labels.length + " labels");
    }
  }

  static Examples allocate(int count, int width) {
    return new Examples(
        new long[count], new byte[count], new byte[Math.multiplyExact(count, width)], width);
  }

  public int count() {
    return ids.length;
  }

  public boolean labelled() {
    return labels.length == ids.length;
  }

  /** The class of example {@code row}. */
  public int label(int row) {
    return labels[row] & 0xff;
  }

  /**
   * Writes the pixels of example {@code row}, scaled to 0 … 1, to {@code target} from {@code
   * offset} on.
   */
  public void scale(int row, float[] target, int offset) {
    int start = row * width;
    for (int pixel = 0; pixel < width; pixel++) {
      target[offset + pixel] = SCALED[pixels[start + pixel] & 0xff];
    }
  }

  void copyTo(Examples target, int from, int to) {
    target.ids[to] = ids[from];
    target.labels[to] = labels[from];
    System.arraycopy(pixels, from * width, target.pixels, to * width, width);
  }
}
