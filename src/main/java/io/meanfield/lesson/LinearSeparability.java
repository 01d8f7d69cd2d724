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
 * Whether one layer could tell two classes apart at all: whether weights w and a bias b exist with
 * w x + b >= 1 for every example x of class 1 and <= -1 for every one of class 0. XOR has none
 * (Minsky and Papert 1969). A linear programme, so the answer is exact up to rounding.
 */
public final class LinearSeparability {
  // The simplex method takes seconds beyond.
  private static final int MAX_EXAMPLES = 500;
  private static final int MAX_INPUTS = 50;
  private static final int MAX_STEPS = 100_000;

  private LinearSeparability() {}

  /** Whether the question is small enough to be answered on the side. */
  public static boolean isSmallEnough(long examples, int inputs) {
    return examples <= MAX_EXAMPLES && inputs <= MAX_INPUTS;
  }

  /**
   * Whether a hyperplane lies between the two classes.
   *
   * @param examples all of them, {@code inputs} features each, of two classes on one output
   */
  public static boolean of(Minibatch examples, int inputs) {
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int row = 0; row < examples.size(); row++) {
      double[] coefficients = new double[inputs + 1];
      for (int i = 0; i < inputs; i++) {
        coefficients[i] = examples.features()[examples.offset(row) + i];
      }
      coefficients[inputs] = 1;
      boolean yes = TaskType.isPositive(examples.targets()[examples.targetOffset(row)]);
      constraints.add(
          new LinearConstraint(
              coefficients, yes ? Relationship.GEQ : Relationship.LEQ, yes ? 1 : -1));
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
