package io.meanfield.evaluate.interval;

import java.util.Optional;

/**
 * How well the intervals of a level do on labelled examples.
 *
 * @param level the promised share
 * @param target the place of the number among the targets; 0 for classes
 * @param coverage the share of examples whose number lies in its interval, or whose class in its
 *     set
 * @param meanWidth of the intervals; empty for classes
 * @param intervalScore the mean width plus {@code 2 / (1 - level)} times the mean distance of the
 *     numbers outside (Gneiting and Raftery 2007), of which the smaller is better; empty for
 *     classes
 * @param meanSize the mean number of classes in a set; empty for numbers
 * @param single the share of sets with one class; empty for numbers
 */
public record IntervalResult(
    double level,
    int target,
    double coverage,
    Optional<Double> meanWidth,
    Optional<Double> intervalScore,
    Optional<Double> meanSize,
    Optional<Double> single) {}
