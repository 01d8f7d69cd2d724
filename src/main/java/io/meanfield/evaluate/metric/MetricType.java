package io.meanfield.evaluate.metric;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Declares a metric.
 *
 * @param names of the values that it may report, in the order of their columns in table {@code
 *     evaluation}
 * @param appliesTo whether networks with such outputs have the metric
 * @param empty creates the metric of no examples
 */
record MetricType(
    List<String> names, Predicate<OutputSpec> appliesTo, Function<OutputSpec, Metric<?>> empty) {}
