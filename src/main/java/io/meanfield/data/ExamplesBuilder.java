package io.meanfield.data;

import java.util.Arrays;

/** Collects the rows of a table into the primitive arrays of a block, value by value. */
public final class ExamplesBuilder {
  private final int capacity;
  private final int width;
  private final boolean hasExternalIds;
  private final boolean images;
  private final TargetKind targetKind;
  private final long[] ids;
  private final String[] externalIds;
  private final float[] features;
  private final byte[] pixels;
  private final int[] classes;
  private final float[] targets;
  private final float[] weights;
  private int rows;

  /**
   * Starts an empty block.
   *
   * @param images whether features are pixels
   * @param weighted whether examples have weights
   */
  public ExamplesBuilder(
      int capacity,
      int width,
      boolean images,
      boolean hasExternalIds,
      TargetKind targets,
      boolean weighted) {
    this.capacity = capacity;
    this.width = width;
    this.hasExternalIds = hasExternalIds;
    this.images = images;
    this.targetKind = targets;
    this.ids = new long[capacity];
    this.externalIds = new String[hasExternalIds ? capacity : 0];
    this.features = new float[images ? 0 : Math.multiplyExact(capacity, width)];
    this.pixels = new byte[images ? Math.multiplyExact(capacity, width) : 0];
    this.classes = new int[targets.isLabelled() && targets.isClass() ? capacity : 0];
    this.targets =
        new float[targets.isLabelled() ? Math.multiplyExact(capacity, targets.width()) : 0];
    this.weights = new float[weighted ? capacity : 0];
  }

  /** Begins the next row; the setters below fill it. */
  public void row(long id) {
    ids[rows++] = id;
  }

  public void externalId(String id) {
    externalIds[rows - 1] = id;
  }

  /** Sets one feature of the row. */
  public void feature(int index, float value) {
    features[(rows - 1) * width + index] = value;
  }

  public void pixels(byte[] row) {
    System.arraycopy(row, 0, pixels, (rows - 1) * width, width);
  }

  public void label(int label) {
    classes[rows - 1] = label;
  }

  public void target(int index, float value) {
    targets[(rows - 1) * targetKind.width() + index] = value;
  }

  public void weight(float weight) {
    weights[rows - 1] = weight;
  }

  public boolean isFull() {
    return rows == capacity;
  }

  public boolean isEmpty() {
    return rows == 0;
  }

  /** Returns the rows that were added so far, in arrays of the builder if it is full. */
  public Examples build() {
    return new Examples(
        Arrays.copyOf(ids, rows),
        hasExternalIds ? Arrays.copyOf(externalIds, rows) : new String[0],
        images
            ? new Features.Pixels(isFull() ? pixels : Arrays.copyOf(pixels, rows * width), width)
            : new Features.Floats(
                isFull() ? features : Arrays.copyOf(features, rows * width), width),
        targets(),
        weights.length == 0 ? weights : Arrays.copyOf(weights, rows));
  }

  private Targets targets() {
    if (!targetKind.isLabelled()) {
      return new Targets.Unknown();
    }
    return targetKind.isClass()
        ? new Targets.Classes(Arrays.copyOf(classes, rows))
        : new Targets.Values(Arrays.copyOf(targets, rows * targetKind.width()), targetKind.width());
  }
}
