package io.meanfield.evaluate.inspection;

import java.util.Optional;

/**
 * A point of a curve or a bar of a histogram; a row of table {@code curves}.
 *
 * @param kind names of the curve and its axes, see {@link CurveKind}
 * @param label what distinguishes the points of a curve: a threshold, a class or an output
 */
record CurvePoint(CurveKind kind, double x, double y, Optional<String> label) {
  CurvePoint {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException(
          "a point of " + kind + " needs finite numbers, found " + x + " and " + y);
    }
  }
}
