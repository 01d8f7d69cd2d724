package io.meanfield.pipeline.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A metric of the results of the compared runs.
 *
 * @param values the values by run; a run without the metric is absent
 */
public record MetricRow(String metric, Map<String, Double> values) {

  /** Returns all metrics, by name. */
  static List<MetricRow> of(List<ComparedRun> runs) {
    TreeSet<String> names = new TreeSet<>();
    runs.forEach(run -> names.addAll(run.metrics().keySet()));
    return names.stream().map(name -> of(name, runs)).toList();
  }

  private static MetricRow of(String metric, List<ComparedRun> runs) {
    Map<String, Double> values = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> run.metrics().containsKey(metric))
        .forEach(run -> values.put(run.name(), run.metrics().get(metric)));
    return new MetricRow(metric, values);
  }
}
