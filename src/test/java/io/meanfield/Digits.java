package io.meanfield;

import io.meanfield.data.idx.IdxSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The MNIST digits as DL4J DataSets. */
public final class Digits {
  private static final int PIXELS = 784;

  private final byte[] images;
  private final byte[] labels;

  private Digits(IdxSource source) {
    try {
      images = Files.readAllBytes(Path.of(source.images().get(0)));
      labels = Files.readAllBytes(Path.of(source.labels().get(0)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Digits train() {
    return new Digits(Mnist.train());
  }

  public static Digits test() {
    return new Digits(Mnist.test());
  }

  /** Returns the pixels of one digit, 0 to 1. */
  public float[] pixels(int digit) {
    float[] pixels = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      pixels[i] = (images[16 + digit * PIXELS + i] & 0xff) / 255f;
    }
    return pixels;
  }

  public int label(int digit) {
    return labels[8 + digit];
  }

  /** Returns the digits {@code first} to {@code end} (exclusive). */
  public DataSet range(int first, int end) {
    int count = end - first;
    float[] features = new float[count * PIXELS];
    float[] targets = new float[count * 10];
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels(first + i), 0, features, i * PIXELS, PIXELS);
      targets[i * 10 + label(first + i)] = 1;
    }
    return new DataSet(
        Nd4j.createFromArray(features).reshape(count, PIXELS),
        Nd4j.createFromArray(targets).reshape(count, 10));
  }

  /**
   * Returns the first {@code count} digits in DataSets of {@code size}; the last one may be
   * smaller.
   */
  public List<DataSet> cut(int count, int size) {
    return cut(0, count, size);
  }

  /** Returns the digits {@code first} to {@code end} (exclusive) in DataSets of {@code size}. */
  public List<DataSet> cut(int first, int end, int size) {
    List<DataSet> parts = new ArrayList<>();
    for (int at = first; at < end; at += size) {
      parts.add(range(at, Math.min(at + size, end)));
    }
    return parts;
  }
}
