package io.meanfield.evaluate.metric;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Declares a metric.
 *
 * @param names the values that the metric may report, in the order of their columns in table {@code
 *     evaluation}
 * @param appliesTo whether the metric applies to networks with these outputs
 * @param empty creates a metric without examples
 */
record MetricType(
    List<MetricName> names,
    Predicate<OutputSpec> appliesTo,
    Function<OutputSpec, Metric<?>> empty) {}
