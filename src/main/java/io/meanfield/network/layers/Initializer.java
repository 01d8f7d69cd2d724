package io.meanfield.network.layers;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Sets the initial values of an array of weights. Weights are drawn in Java, so that every engine
 * starts from the same bits.
 */
public interface Initializer {
  /**
   * Writes the initial values of an array to {@code weights}, from {@code offset} on.
   *
   * @param shape of the array, as in {@link ParameterSpec}
   */
  void fill(float[] weights, int offset, List<Integer> shape, SplittableRandom random);

  /** Returns the number of elements of an array of this shape, also if an int cannot hold it. */
  static double size(List<Integer> shape) {
    return shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
  }

  /** Returns the number of elements of an array of this shape. */
  static int count(List<Integer> shape) {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Sets all numbers to the same value. */
  record Constant(float value) implements Initializer {
    static final Constant ZERO = new Constant(0);
    static final Constant ONE = new Constant(1);

    @Override
    public void fill(float[] weights, int offset, List<Integer> shape, SplittableRandom random) {
      Arrays.fill(weights, offset, offset + count(shape), value);
    }
  }

  /** Draws from the uniform distribution U(-limit, limit). */
  record Uniform(double limit) implements Initializer {
    @Override
    public void fill(float[] weights, int offset, List<Integer> shape, SplittableRandom random) {
      int end = offset + count(shape);
      for (int i = offset; i < end; i++) {
        weights[i] = (float) ((2 * random.nextDouble() - 1) * limit);
      }
    }
  }

  /**
   * Draws from U(-a, a) with a = sqrt(6 / (inputs + outputs)): Glorot and Bengio 2010, equation 16.
   * For a convolution, inputs and outputs are channels and filters, each multiplied by the number
   * of pixels of the kernel.
   */
  record GlorotUniform() implements Initializer {
    @Override
    public void fill(float[] weights, int offset, List<Integer> shape, SplittableRandom random) {
      int kernelPixels = count(shape.subList(2, shape.size()));
      double fans = (double) kernelPixels * (shape.get(0) + shape.get(1));
      new Uniform(Math.sqrt(6.0 / fans)).fill(weights, offset, shape, random);
    }
  }

  /**
   * Draws a matrix [units, gates x units] with orthonormal rows (Saxe et al. 2014): the transposed
   * Q of the QR decomposition of a Gaussian matrix, with signs that make it uniform over all such
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
}
