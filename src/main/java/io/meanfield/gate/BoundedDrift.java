package io.meanfield.gate;

/**
 * The drift of a column of some data with its bound.
 *
 * @param bound the largest index with which the data pass
 */
record BoundedDrift(GateCheck.Data data, ColumnDrift drift, double bound) {
  String column() {
    return drift.column();
  }

  double index() {
    return drift.index();
  }
}
