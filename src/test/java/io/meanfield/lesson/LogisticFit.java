package io.meanfield.lesson;

import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * Multinomial logistic regression by Newton's method, whose steps are iteratively reweighted least
 * squares (Bishop 2006, section 4.3.4): the exact optimum of a softmax layer.
 *
 * @param inputs [rows, inputs + 1]; the last column is 1
 * @param targets [rows, classes], one-hot
 * @param l2 the penalty {@code l2 * sum(W^2)}; biases are not penalised
 */
record LogisticFit(RealMatrix inputs, RealMatrix targets, double l2) {
  private static final int STEPS = 50;

  private int width() {
    return inputs.getColumnDimension();
  }

  private int classes() {
    return targets.getColumnDimension();
  }

  private RealMatrix probabilities(RealMatrix weights) {
    RealMatrix sums = inputs.multiply(weights);
    for (int row = 0; row < sums.getRowDimension(); row++) {
      RealVector values = sums.getRowVector(row);
      RealVector exponentials = values.mapSubtract(values.getMaxValue()).map(Math::exp);
      sums.setRowVector(row, exponentials.mapDivide(exponentials.getL1Norm()));
    }
    return sums;
  }

  /** Returns the mean loss of an example plus the penalty, for weights [inputs + 1, classes]. */
  double loss(RealMatrix weights) {
    RealMatrix probabilities = probabilities(weights);
    double sum = 0;
    for (int row = 0; row < probabilities.getRowDimension(); row++) {
      sum -= Math.log(probabilities.getRowVector(row).dotProduct(targets.getRowVector(row)));
    }
    double norm = weights.getSubMatrix(0, width() - 2, 0, classes() - 1).getFrobeniusNorm();
    return sum / inputs.getRowDimension() + l2 * norm * norm;
  }

  /**
   * Returns weights of minimal loss, [inputs + 1, classes]; among several, weights of a small norm.
   */
  RealMatrix optimum() {
    RealMatrix weights = MatrixUtils.createRealMatrix(width(), classes());
    for (int step = 0; step < STEPS; step++) {
      RealVector change =
          new SingularValueDecomposition(hessian(weights)).getSolver().solve(gradient(weights));
      for (int cls = 0; cls < classes(); cls++) {
        weights.setColumnVector(
            cls,
            weights.getColumnVector(cls).subtract(change.getSubVector(cls * width(), width())));
      }
    }
    if (gradient(weights).getNorm() > 1e-9) {
      throw new IllegalStateException("Newton's method has not converged");
    }
    return weights;
  }

  // The gradient of the mean loss: the weights of the first class, then those of the next.
  private RealVector gradient(RealMatrix weights) {
    RealMatrix gradient =
        inputs
            .transpose()
            .multiply(probabilities(weights).subtract(targets))
            .scalarMultiply(1.0 / inputs.getRowDimension());
    RealVector flat = MatrixUtils.createRealVector(new double[width() * classes()]);
    for (int cls = 0; cls < classes(); cls++) {
      RealVector penalty = weights.getColumnVector(cls).mapMultiply(2 * l2);
      penalty.setEntry(width() - 1, 0);
      flat.setSubVector(cls * width(), gradient.getColumnVector(cls).add(penalty));
    }
    return flat;
  }

  private RealMatrix hessian(RealMatrix weights) {
    RealMatrix probabilities = probabilities(weights);
    int rows = inputs.getRowDimension();
    RealMatrix hessian = MatrixUtils.createRealMatrix(width() * classes(), width() * classes());
    for (int a = 0; a < classes(); a++) {
      for (int b = 0; b < classes(); b++) {
        double[] weightsOfRows = new double[rows];
        for (int row = 0; row < rows; row++) {
          double p = probabilities.getEntry(row, a);
          weightsOfRows[row] = p * ((a == b ? 1 : 0) - probabilities.getEntry(row, b)) / rows;
        }
        RealMatrix block =
            inputs
                .transpose()
                .multiply(MatrixUtils.createRealDiagonalMatrix(weightsOfRows))
                .multiply(inputs);
        for (int i = 0; a == b && i < width() - 1; i++) {
          block.addToEntry(i, i, 2 * l2);
        }
        hessian.setSubMatrix(block.getData(), a * width(), b * width());
      }
    }
    return hessian;
  }
}
