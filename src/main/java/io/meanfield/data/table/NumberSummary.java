package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Impute;
import io.meanfield.data.column.LogChoice;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.Scaling;
import java.io.Serializable;
import java.util.function.DoubleUnaryOperator;

/** What a scaling and an imputation need to know about the numbers of a column. */
@DefaultSerializer(JavaSerializer.class)
final class NumberSummary implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double LOWER_QUARTILE = 0.25;
  private static final double UPPER_QUARTILE = 0.75;

  private final boolean withLogs;
  private final ValueCounts counts = new ValueCounts();
  // Sums of the values if their counts are rounded, else empty: the counts contain each value.
  private final Moments values = new Moments();
  private final Moments logs = new Moments();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long missing;

  /**
   * Starts without values.
   *
   * @param withLogs whether the mean and the deviation of the logarithms may be needed
   */
  NumberSummary(boolean withLogs) {
    this.withLogs = withLogs;
  }

  /** Adds the first values of an array. */
  void add(double[] array, int count) {
    for (int i = 0; i < count; i++) {
      add(array[i]);
    }
  }

  /** Adds a value; NaN is a missing one. */
  void add(double value) {
    if (Double.isNaN(value)) {
      missing++;
      return;
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
    counts.add(value + 0.0, 1); // adding 0 makes -0 and 0 the same value
    if (!counts.areExact()) {
      sum(value);
    } else if (counts.areMany()) {
      round();
    }
  }

  private void sum(double value) {
    if (min < 0) {
      values.addWithoutCube(value);
    } else {
      values.add(value);
    }
    if (withLogs) {
      logs.addWithoutCube(FeatureColumn.Numeric.log(value));
    }
  }

  private void sum(double value, long times) {
    values.add(value, times);
    if (withLogs) {
      logs.add(FeatureColumn.Numeric.log(value), times);
    }
  }

  /** Sums the values of which the counts are exact, and rounds the counts. */
  private void round() {
    counts.forEach(this::sum);
    counts.round();
  }

  void add(NumberSummary other) {
    if (counts.areExact() && !other.counts.areExact()) {
      round();
    } else if (other.counts.areExact() && !counts.areExact()) {
      other.counts.forEach(this::sum);
    }
    counts.add(other.counts);
    values.add(other.values);
    logs.add(other.logs);
    if (counts.areMany()) {
      round();
    }
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    missing += other.missing;
  }

  /** Returns whether the counts contain each value, and so the logarithm of each value. */
  boolean hasAllValues() {
    return counts.areExact();
  }

  /** Returns whether the logarithm of the column is scaled. */
  boolean includesLog(LogChoice choice, String column) {
    return choice.includes(column, skewness(), min);
  }

  boolean hasMissing() {
    return missing > 0;
  }

  /** Returns the skewness; NaN if there are negative values, for which it is not computed. */
  double skewness() {
    return min < 0 ? Double.NaN : moments().skewness();
  }

  private Moments moments() {
    return counts.areExact() ? momentsOf(value -> value) : values;
  }

  private Moments momentsOfLogs() {
    if (counts.areExact()) {
      return momentsOf(FeatureColumn.Numeric::log);
    }
    if (!withLogs) {
      throw new IllegalStateException("the logarithms were not summed");
    }
    return logs;
  }

  private Moments momentsOf(DoubleUnaryOperator transform) {
    Moments moments = new Moments();
    counts.forEach((value, count) -> moments.add(transform.applyAsDouble(value), count));
    return moments;
  }

  double min() {
    return min;
  }

  /** Returns the number that replaces missing values. */
  double fill(Impute impute, double constant) {
    return switch (impute) {
      case MEDIAN -> counts.areEmpty() ? 0 : counts.sorted().quantile(0.5, x -> x);
      case MEAN -> moments().mean();
      case CONSTANT -> constant;
      case REFUSE -> throw new IllegalArgumentException("missing values are refused");
    };
  }

  /** Returns the scaling of the values, or of their logarithms. */
  Scaling scaling(Scale scale, boolean log) {
    if (counts.areEmpty()) {
      return Scaling.NONE;
    }
    DoubleUnaryOperator transform = log ? FeatureColumn.Numeric::log : x -> x;
    return switch (scale) {
      case STANDARD -> standard(log ? momentsOfLogs() : moments());
      case MIN_MAX -> between(transform.applyAsDouble(min), transform.applyAsDouble(max));
      case ROBUST -> robust(transform);
      case NONE -> Scaling.NONE;
    };
  }

  private static Scaling standard(Moments moments) {
    return Scaling.of(moments.mean(), moments.deviation());
  }

  private static Scaling between(double low, double high) {
    return Scaling.of(low, high - low);
  }

  private Scaling robust(DoubleUnaryOperator transform) {
    ValueCounts.Sorted sorted = counts.sorted();
    return Scaling.of(
        sorted.quantile(0.5, transform),
        sorted.quantile(UPPER_QUARTILE, transform) - sorted.quantile(LOWER_QUARTILE, transform));
  }
}
