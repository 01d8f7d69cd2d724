package io.meanfield.evaluate.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the values, class results, calibration and notes of an evaluation. */
public final class MetricReport {
  private final List<Ranking> rankings;
  private final Map<String, Double> values = new LinkedHashMap<>();
  private final List<ClassResult> classes = new ArrayList<>();
  private final List<List<Long>> confusion = new ArrayList<>();
  private final List<CalibrationBin> calibration = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Creates an empty report.
   *
   * @param rankings one for each class or label, which a separate job computes
   */
  MetricReport(List<Ranking> rankings) {
    this.rankings = rankings;
  }

  /** Adds a value under one of the names that the metric declares. */
  void value(String name, double value) {
    values.put(name, value);
  }

  /** Adds a value if there is one. */
  void value(String name, Optional<Double> value) {
    value.ifPresent(present -> value(name, present));
  }

  void addClass(ClassResult result) {
    classes.add(result);
  }

  /** Adds the counts of the next actual class, one for each predicted class. */
  void addConfusion(List<Long> counts) {
    confusion.add(counts);
  }

  /** Adds a sentence for the user that helps to judge the values. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /** Adds the next bin that has examples. */
  void addBin(CalibrationBin bin) {
    calibration.add(bin);
  }

  Ranking ranking(int cls) {
    return rankings.get(cls);
  }

  /** Returns the values by name, in the order of {@link Metrics#names()}. */
  public Map<String, Double> values() {
    return Collections.unmodifiableMap(values);
  }

  /** Returns one result for each class or label; empty in a regression. */
  public List<ClassResult> classes() {
    return List.copyOf(classes);
  }

  /** Returns the counts {@code [actual][predicted]}; empty unless each example has one class. */
  public List<List<Long>> confusion() {
    return List.copyOf(confusion);
  }

  /** Returns the bins that have examples; empty unless the outputs are class probabilities. */
  public List<CalibrationBin> calibration() {
    return List.copyOf(calibration);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }
}
