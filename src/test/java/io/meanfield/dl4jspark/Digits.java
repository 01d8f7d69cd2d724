package io.meanfield.dl4jspark;

import io.meanfield.Mnist;
import io.meanfield.data.DataSettings.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The real digits as a DL4J user holds them. */
final class Digits {
  private static final int PIXELS = 784;

  private final byte[] images;
  private final byte[] labels;

  private Digits(Source source) {
    try {
      images = Files.readAllBytes(Path.of(source.images()));
      labels = Files.readAllBytes(Path.of(source.labels().orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Digits train() {
    return new Digits(Mnist.train());
  }

  static Digits test() {
    return new Digits(Mnist.test());
  }

  /** The digits {@code first} to {@code end} (exclusive). */
  DataSet range(int first, int end) {
    float[] features = new float[(end - first) * PIXELS];
    float[] targets = new float[(end - first) * 10];
    for (int i = 0; i < features.length; i++) {
      features[i] = (images[16 + first * PIXELS + i] & 0xff) / 255f;
    }
    for (int i = first; i < end; i++) {
      targets[(i - first) * 10 + labels[8 + i]] = 1;
    }
    return new DataSet(
        Nd4j.createFromArray(features).reshape(end - first, PIXELS),
        Nd4j.createFromArray(targets).reshape(end - first, 10));
  }

  /** The first {@code count} digits in DataSets of {@code size}; the last may be smaller. */
  List<DataSet> cut(int count, int size) {
    List<DataSet> parts = new ArrayList<>();
    for (int first = 0; first < count; first += size) {
      parts.add(range(first, Math.min(first + size, count)));
    }
    return parts;
  }
}
