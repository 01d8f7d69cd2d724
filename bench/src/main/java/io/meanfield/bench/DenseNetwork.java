package io.meanfield.bench;

import io.meanfield.network.NetworkSettings;
import java.util.List;

/** Dense networks on 784 pixels with 10 classes, from 50 thousand to 100 million weights. */
enum DenseNetwork {
  LESSON(64, 32),
  WIDE(1024, 1024),
  WIDER(3000, 3000),
  WIDEST(9500, 9500);

  private static final int PIXELS = 784;
  private static final int CLASSES = 10;

  private final int first;
  private final int second;

  DenseNetwork(int first, int second) {
    this.first = first;
    this.second = second;
  }

  /** Returns the widths, such as 784-64-32-10. */
  String id() {
    return PIXELS + "-" + first + "-" + second + "-" + CLASSES;
  }

  int weights() {
    return (PIXELS + 1) * first + (first + 1) * second + (second + 1) * CLASSES;
  }

  /** Returns the value of {@code network.layers}. */
  String layers() {
    return String.format(
        "[{ dense = %d, activation = relu }, { dense = %d, activation = relu },"
            + " { dense = %d, activation = softmax }]",
        first, second, CLASSES);
  }

  NetworkSettings settings() {
    return MnistWorkload.settings(List.of(), "network.layers=" + layers()).network();
  }
}
