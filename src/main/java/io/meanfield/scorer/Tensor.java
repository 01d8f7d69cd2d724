package io.meanfield.scorer;

/**
 * The values of an input of a graph for some rows.
 *
 * @param values an array of floats, doubles, bytes or texts
 * @param shape of the values, rows first
 */
record Tensor(Object values, long[] shape) {
  /** Returns one value for each row. */
  static Tensor ofColumn(Object values, int rows) {
    return new Tensor(values, new long[] {rows, 1});
  }
}
