package io.meanfield.evaluate.metric;

import java.util.Optional;

/**
 * The errors of one of several outputs of a regression, in the unit of its target.
 *
 * @param target its place among the targets
 * @param rmse the root of the mean squared error
 * @param mae the mean absolute error
 * @param r2 the coefficient of determination; empty if all targets are equal
 */
public record TargetErrors(int target, double rmse, double mae, Optional<Double> r2) {}
