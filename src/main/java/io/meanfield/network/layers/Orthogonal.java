package io.meanfield.network.layers;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Draws a matrix [units, gates x units] with orthonormal rows (Saxe et al. 2014): the transposed Q
 * of the QR decomposition of a Gaussian matrix, with signs that make it uniform over all such
 * matrices (Mezzadri 2007, section 5).
 */
record Orthogonal() implements Initializer {
  @Override
  public void fill(float[] weights, int offset, List<Integer> shape, SplittableRandom random) {
    int rows = shape.get(0);
    int columns = shape.get(1);
    QRDecomposition qr = new QRDecomposition(gaussian(columns, rows, random));
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        double sign = qr.getR().getEntry(row, row) < 0 ? -1 : 1;
        weights[offset + column * rows + row] = (float) (sign * qr.getQ().getEntry(column, row));
      }
    }
  }

  private static RealMatrix gaussian(int height, int width, SplittableRandom random) {
    RealMatrix gaussian = new Array2DRowRealMatrix(height, width);
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        gaussian.setEntry(i, j, gaussian(random));
      }
    }
    return gaussian;
  }

  // Box and Muller 1958; StrictMath, because initial weights must not depend on the processor.
  private static double gaussian(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
