package io.meanfield.lesson;

import io.meanfield.learner.Minibatch;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;

/**
 * Tests whether one layer can separate two classes: whether weights w and a bias b exist with w x +
 * b >= 1 for every example x of class 1 and w x + b <= -1 for every example of class 0. XOR is not
 * separable (Minsky and Papert 1969). Solves a linear programme, so the result is exact up to
 * rounding.
 */
public final class LinearSeparability {
  // Above these limits the simplex method takes seconds.
  private static final int MAX_EXAMPLES = 500;
  private static final int MAX_INPUTS = 50;
  private static final int MAX_STEPS = 100_000;

  private LinearSeparability() {}

  /** Returns whether the training set is small enough for a test within seconds. */
  public static boolean isSmallEnough(long examples, int inputs) {
    return examples <= MAX_EXAMPLES && inputs <= MAX_INPUTS;
  }

  /**
   * Returns whether a hyperplane separates the two classes.
   *
   * @param examples all examples of both classes, each with {@code inputs} features and one target
   */
  public static boolean of(Minibatch examples, int inputs) {
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int row = 0; row < examples.size(); row++) {
      double[] coefficients = new double[inputs + 1];
      for (int i = 0; i < inputs; i++) {
        coefficients[i] = examples.features()[examples.offset(row) + i];
      }
      coefficients[inputs] = 1;
      boolean positive = TaskType.isPositive(examples.targets()[examples.targetOffset(row)]);
      constraints.add(
          new LinearConstraint(
              coefficients, positive ? Relationship.GEQ : Relationship.LEQ, positive ? 1 : -1));
    }
    try {
      new SimplexSolver()
          .optimize(
              new MaxIter(MAX_STEPS),
              new LinearObjectiveFunction(new double[inputs + 1], 0),
              new LinearConstraintSet(constraints),
              new NonNegativeConstraint(false));
      return true;
    } catch (NoFeasibleSolutionException none) {
      return false;
    }
  }
}
