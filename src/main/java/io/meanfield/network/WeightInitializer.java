package io.meanfield.network;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The weights that training starts from, Keras' defaults: kernels glorot_uniform, U(-a, a) with a =
 * sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010, equation 16), recurrent kernels orthogonal
 * (Saxe et al. 2014), biases 0 but those of forget gates, which are 1 (Jozefowicz et al. 2015),
 * batch normalisations at rest. Drawn in Java, so that every engine starts from the same bits.
 */
final class WeightInitializer {
  private final NetworkSettings network;
  private final SplittableRandom random;
  private final float[] weights;

  private WeightInitializer(NetworkSettings network, ParameterLayout layout, long seed) {
    this.network = network;
    this.random = new SplittableRandom(seed);
    this.weights = new float[layout.size()];
  }

  /** All weights, as {@link ParameterLayout} has them. */
  static float[] of(NetworkSettings network, long seed) {
    ParameterLayout layout = ParameterLayout.of(network);
    WeightInitializer first = new WeightInitializer(network, layout, seed);
    layout.parameters().forEach(first::draw);
    return first.weights;
  }

  private void draw(Parameter parameter) {
    switch (parameter.kind()) {
      case KERNEL -> drawGlorot(parameter);
      case RECURRENT_KERNEL -> drawOrthogonal(parameter);
      case GAMMA -> Arrays.fill(weights, parameter.offset(), parameter.end(), 1);
      case BIAS -> initForgetBias(parameter);
      case RECONSTRUCTION_BIAS,
          BETA,
          RUNNING_MEAN,
          RUNNING_LOG_DEVIATION -> {} // 0; a deviation of 1 is 0 here
    }
  }

  private void drawGlorot(Parameter kernel) {
    int window = kernel.shape().stream().skip(2).reduce(1, Math::multiplyExact);
    double fans = (double) window * (kernel.shape().get(0) + kernel.shape().get(1));
    double limit = Math.sqrt(6.0 / fans);
    for (int i = kernel.offset(); i < kernel.end(); i++) {
      weights[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  // Q of a Gaussian matrix, with the signs that make it uniform over all orthogonal ones (Mezzadri
  // 2007, section 5). [units, gates x units] has orthogonal rows, and lies column by column.
  private void drawOrthogonal(Parameter kernel) {
    int rows = kernel.shape().get(0);
    int columns = kernel.shape().get(1);
    RealMatrix gaussian = new Array2DRowRealMatrix(columns, rows);
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < rows; j++) {
        gaussian.setEntry(i, j, gaussian());
      }
    }
    QRDecomposition qr = new QRDecomposition(gaussian);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        double sign = qr.getR().getEntry(row, row) < 0 ? -1 : 1;
        weights[kernel.offset() + column * rows + row] =
            (float) (sign * qr.getQ().getEntry(column, row));
      }
    }
  }

  // Box and Muller 1958; StrictMath, because first weights must not depend on the processor.
  private double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  // DL4J's second of four blocks.
  private void initForgetBias(Parameter bias) {
    if (network.layers().get(bias.layer()) instanceof Layer.Lstm lstm) {
      int forget = bias.offset() + lstm.units();
      Arrays.fill(weights, forget, forget + lstm.units(), 1);
    }
  }
}
