package io.meanfield.evaluate.metric;

import io.meanfield.evaluate.interval.IntervalResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the results of an evaluation.
 *
 * @param rankings one for each class or label, which a separate job computes
 * @param values by name, in the order of {@link Metrics#names()}
 * @param classes one result for each class or label; empty in a regression
 * @param targets one result for each output of a regression of several targets
 * @param confusion the counts {@code [actual][predicted]}; empty unless each example has one class
 * @param calibration the bins that have examples; empty unless the outputs are class probabilities
 * @param intervals how well the intervals or sets do; empty if the model has none
 * @param notes sentences for the user that help to judge the values
 */
public record MetricReport(
    List<Ranking> rankings,
    Map<String, Double> values,
    List<ClassResult> classes,
    List<TargetErrors> targets,
    List<List<Long>> confusion,
    List<CalibrationBin> calibration,
    List<IntervalResult> intervals,
    List<String> notes) {
  /** Creates an empty report. */
  MetricReport(List<Ranking> rankings) {
    this(
        rankings,
        new LinkedHashMap<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /** Adds a value under one of the names that the metric declares. */
  void value(String name, double value) {
    values.put(name, value);
  }

  /** Adds a value if there is one. */
  void value(String name, Optional<Double> value) {
    value.ifPresent(present -> value(name, present));
  }
}
