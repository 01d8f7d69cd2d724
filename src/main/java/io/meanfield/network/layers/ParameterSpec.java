package io.meanfield.network.layers;

import java.util.List;

/**
 * An array of weights of a layer.
 *
 * @param number among the layer's arrays of the same kind, from 0
 * @param shape DL4J's shape; {@link ParameterKind} gives the order in memory
 * @param kerasAxes the dimensions of Keras' array, in Keras' order
 */
public record ParameterSpec(
    ParameterKind kind,
    int number,
    List<Integer> shape,
    Initializer initializer,
    List<Axis> kerasAxes) {
  /** Creates the only array of its kind in a layer. */
  ParameterSpec(
      ParameterKind kind, List<Integer> shape, Initializer initializer, List<Axis> kerasAxes) {
    this(kind, 0, shape, initializer, kerasAxes);
  }

  /** Returns an array of the shape [size]. */
  static ParameterSpec vector(ParameterKind kind, Axis axis, Initializer initializer) {
    return new ParameterSpec(kind, List.of(axis.size()), initializer, List.of(axis));
  }

  /** Returns an array of the shape [rows, columns], stored column by column. */
  static ParameterSpec matrix(
      ParameterKind kind, Axis rows, Axis columns, Initializer initializer) {
    return new ParameterSpec(
        kind,
        List.of(rows.size(), columns.size()),
        initializer,
        List.of(rows, columns.withStride(rows.size())));
  }

  /** Returns the same array with another number. */
  ParameterSpec numbered(int other) {
    return new ParameterSpec(kind, other, shape, initializer, kerasAxes);
  }

  /** Returns the number of elements of the array, also if an int cannot hold it. */
  public double size() {
    return Initializer.size(shape);
  }

  /** Returns the number of elements of the array. */
  public int count() {
    return Initializer.count(shape);
  }
}
