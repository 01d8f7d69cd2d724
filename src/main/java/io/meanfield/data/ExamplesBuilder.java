package io.meanfield.data;

/** Collects the rows of a table into the primitive arrays of a block, value by value. */
public final class ExamplesBuilder {
  private final int width;
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
   * Starts a block with room for a number of rows.
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
    this.width = width;
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

  /** Returns the number of rows that have begun. */
  public int rows() {
    return rows;
  }

  /** Returns the features of all rows, to be filled. */
  public float[] features() {
    return features;
  }

  /** Returns the index of the first feature of a row. */
  public int offset(int row) {
    return row * width;
  }

  public void pixels(int row, byte[] values) {
    System.arraycopy(values, 0, pixels, row * width, width);
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

  /** Returns the rows, in arrays of the builder. */
  public Examples build() {
    return new Examples(
        ids,
        externalIds,
        images ? new Features.Pixels(pixels, width) : new Features.Floats(features, width),
        targets(),
        weights);
  }

  private Targets targets() {
    if (!targetKind.isLabelled()) {
      return new Targets.Unknown();
    }
    return targetKind.isClass()
        ? new Targets.Classes(classes)
        : new Targets.Values(targets, targetKind.width());
  }
}
