package io.meanfield.evaluate.metric;

import io.meanfield.evaluate.interval.IntervalResult;
import io.meanfield.network.Intervals;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How often intervals contain the number and sets the class, and how large they are. */
final class Coverage extends Metric {
  static final MetricType TYPE =
      new MetricType(
          List.of(), List.of(), outputs -> !outputs.intervals().areNone(), Coverage::new);
  private static final long serialVersionUID = 1L;
  private static final int SUMS = 3;
  private static final double LARGE_DIFFERENCE = 0.05;
  private static final double DEVIATIONS = 2;

  private final Intervals intervals;
  private final boolean ofClasses;
  private final int outputs;
  private double weight;
  private long examples;

  private Coverage(OutputSpec spec) {
    super(spec.intervals().levels().size() * outputs(spec) * SUMS);
    this.intervals = spec.intervals();
    this.ofClasses = spec.classes() > 0;
    this.outputs = outputs(spec);
  }

  private static int outputs(OutputSpec spec) {
    return spec.classes() > 0 ? 1 : spec.width();
  }

  @Override
  void add(PredictionBlock block, int row) {
    weight += block.weight(row);
    examples++;
    int at = 0;
    for (Intervals.Level level : intervals.levels()) {
      for (int output = 0; output < outputs; output++) {
        if (ofClasses) {
          addSet(block, row, level, at);
        } else {
          addInterval(block, row, level, output, at);
        }
        at += SUMS;
      }
    }
  }

  private void addSet(PredictionBlock block, int row, Intervals.Level level, int at) {
    int[] set =
        PredictionSets.of(
                block.outputs(),
                row * block.width(),
                block.width(),
                block.spec().threshold(),
                level.leastScore())
            .toArray();
    int actual = block.actual(row);
    for (int cls : set) {
      sums[at] += cls == actual ? block.weight(row) : 0;
    }
    sums[at + 1] += block.weight(row) * set.length;
    sums[at + 2] += set.length == 1 ? block.weight(row) : 0;
  }

  private void addInterval(
      PredictionBlock block, int row, Intervals.Level level, int output, int at) {
    double prediction = block.output(row, output);
    double radius = intervals.radius(level, output, prediction);
    double outside = Math.max(0, Math.abs(prediction - block.target(row, output)) - radius);
    sums[at] += outside == 0 ? block.weight(row) : 0;
    sums[at + 1] += block.weight(row) * 2 * radius;
    sums[at + 2] += block.weight(row) * outside;
  }

  @Override
  void merge(Metric other) {
    super.merge(other);
    weight += ((Coverage) other).weight;
    examples += ((Coverage) other).examples;
  }

  @Override
  void report(MetricReport report) {
    int at = 0;
    for (Intervals.Level level : intervals.levels()) {
      for (int output = 0; output < outputs; output++) {
        IntervalResult result = ofClasses ? set(level, at) : interval(level, output, at);
        report.intervals().add(result);
        note(result).ifPresent(report.notes()::add);
        at += SUMS;
      }
    }
  }

  private Optional<String> note(IntervalResult result) {
    double level = result.level();
    double chance = DEVIATIONS * Math.sqrt(level * (1 - level) / Math.max(1, examples));
    return result.coverage() < level - LARGE_DIFFERENCE - chance
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the %s of %s %% contain %.1f %% of the examples; maybe these are unlike those of"
                    + " the training",
                ofClasses ? "sets" : "intervals",
                Intervals.percent(level),
                100 * result.coverage()))
        : Optional.empty();
  }

  private IntervalResult set(Intervals.Level level, int at) {
    return new IntervalResult(
        level.level(),
        0,
        sums[at] / weight,
        Optional.empty(),
        Optional.empty(),
        Optional.of(sums[at + 1] / weight),
        Optional.of(sums[at + 2] / weight));
  }

  private IntervalResult interval(Intervals.Level level, int output, int at) {
    double width = sums[at + 1] / weight;
    return new IntervalResult(
        level.level(),
        output,
        sums[at] / weight,
        Optional.of(width),
        Optional.of(width + 2 / (1 - level.level()) * sums[at + 2] / weight),
        Optional.empty(),
        Optional.empty());
  }
}
