package io.meanfield.data;

import java.util.Arrays;

/** Collects the rows of a table into a block: primitive arrays, filled number by number. */
final class ExamplesBuilder {
  private final int capacity;
  private final int width;
  private final boolean keyed;
  private final boolean images;
  private final Answers answers;
  private final long[] ids;
  private final String[] keys;
  private final float[] features;
  private final byte[] pixels;
  private final int[] classes;
  private final float[] targets;
  private int rows;

  /**
   * An empty block.
   *
   * @param images whether features are pixels
   */
  ExamplesBuilder(int capacity, int width, boolean images, boolean keyed, Answers answers) {
    this.capacity = capacity;
    this.width = width;
    this.keyed = keyed;
    this.images = images;
    this.answers = answers;
    this.ids = new long[capacity];
    this.keys = new String[keyed ? capacity : 0];
    this.features = new float[images ? 0 : Math.multiplyExact(capacity, width)];
    this.pixels = new byte[images ? Math.multiplyExact(capacity, width) : 0];
    this.classes = new int[answers.known() && answers.areClasses() ? capacity : 0];
    this.targets = new float[answers.known() ? Math.multiplyExact(capacity, answers.numbers()) : 0];
  }

  /** Begins the next row. */
  void row(long id) {
    ids[rows++] = id;
  }

  void key(String key) {
    keys[rows - 1] = key;
  }

  /** Sets one number of the row. */
  void feature(int place, float value) {
    features[(rows - 1) * width + place] = value;
  }

  void pixels(byte[] row) {
    System.arraycopy(row, 0, pixels, (rows - 1) * width, width);
  }

  void label(int label) {
    classes[rows - 1] = label;
  }

  void target(int place, float value) {
    targets[(rows - 1) * answers.numbers() + place] = value;
  }

  boolean isFull() {
    return rows == capacity;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** The rows so far. */
  Examples build() {
    return new Examples(
        Arrays.copyOf(ids, rows),
        keyed ? Arrays.copyOf(keys, rows) : new String[0],
        images
            ? new Features.Pixels(Arrays.copyOf(pixels, rows * width), width)
            : new Features.Numbers(Arrays.copyOf(features, rows * width), width),
        targets());
  }

  private Targets targets() {
    if (!answers.known()) {
      return new Targets.Unknown();
    }
    return answers.areClasses()
        ? new Targets.Classes(Arrays.copyOf(classes, rows))
        : new Targets.Numbers(Arrays.copyOf(targets, rows * answers.numbers()), answers.numbers());
  }
}
