package io.meanfield.lesson;

import io.meanfield.learner.Minibatch;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.exception.TooManyIterationsException;
import org.apache.commons.math3.optim.MaxIter;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NoFeasibleSolutionException;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.PivotSelectionRule;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;

/**
 * Tests whether one layer can separate two classes: whether weights w and a bias b exist with w x +
 * b > 0 for every example x of class 1 and w x + b < 0 for every example of class 0. XOR is not
 * separable (Minsky and Papert 1969). Two finite classes are separable if and only if their convex
 * hulls have no point in common (Boyd and Vandenberghe 2004, section 2.5), so this class solves the
 * linear programme that looks for such a point. Its result is exact up to rounding.
 */
public final class LinearSeparability {
  // Above these limits the simplex method takes seconds.
  private static final int MAX_EXAMPLES = 500;
  private static final int MAX_INPUTS = 50;
  private static final int MAX_STEPS = 10_000;

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
    LinearConstraintSet commonPoint = commonPoint(examples, inputs);
    // The simplex method can cycle on rounding errors: about once in a million sets with Dantzig's
    // rule, more often with Bland's, but not with both.
    try {
      return !isFeasible(commonPoint, examples.size(), PivotSelectionRule.DANTZIG);
    } catch (TooManyIterationsException cycle) {
      return !isFeasible(commonPoint, examples.size(), PivotSelectionRule.BLAND);
    }
  }

  /**
   * Returns the constraints on one share of each example: the shares of a class add up to 1, and
   * the averages of the classes, weighted by the shares, are equal in every input.
   */
  private static LinearConstraintSet commonPoint(Minibatch examples, int inputs) {
    double[] members = new double[examples.size()];
    double[] others = new double[examples.size()];
    double[][] differences = new double[inputs][examples.size()];
    for (int row = 0; row < examples.size(); row++) {
      boolean positive = TaskType.isPositive(examples.targets()[examples.targetOffset(row)]);
      (positive ? members : others)[row] = 1;
      for (int i = 0; i < inputs; i++) {
        double feature = examples.features()[examples.offset(row) + i];
        differences[i][row] = positive ? feature : -feature;
      }
    }
    List<LinearConstraint> constraints = new ArrayList<>();
    constraints.add(new LinearConstraint(members, Relationship.EQ, 1));
    constraints.add(new LinearConstraint(others, Relationship.EQ, 1));
    for (double[] difference : differences) {
      constraints.add(new LinearConstraint(difference, Relationship.EQ, 0));
    }
    return new LinearConstraintSet(constraints);
  }

  private static boolean isFeasible(
      LinearConstraintSet constraints, int variables, PivotSelectionRule rule) {
    try {
      new SimplexSolver()
          .optimize(
              new MaxIter(MAX_STEPS),
              new LinearObjectiveFunction(new double[variables], 0),
              constraints,
              new NonNegativeConstraint(true),
              rule);
      return true;
    } catch (NoFeasibleSolutionException none) {
      return false;
    }
  }
}
