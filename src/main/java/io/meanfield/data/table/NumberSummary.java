package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Impute;
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

  private final Moments values = new Moments();
  private final Moments logs = new Moments();
  private final ValueCounts counts = new ValueCounts();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long missing;

  /** Adds a value; NaN is a missing one. */
  void add(double value) {
    if (Double.isNaN(value)) {
      missing++;
      return;
    }
    values.add(value);
    logs.add(FeatureColumn.Numeric.log(value));
    counts.add(value);
    min = Math.min(min, value);
    max = Math.max(max, value);
  }

  void add(NumberSummary other) {
    values.add(other.values);
    logs.add(other.logs);
    counts.add(other.counts);
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    missing += other.missing;
  }

  boolean hasMissing() {
    return missing > 0;
  }

  double skewness() {
    return values.skewness();
  }

  double min() {
    return min;
  }

  /** Returns the number that replaces missing values. */
  double fill(Impute impute, double constant) {
    return switch (impute) {
      case MEDIAN -> values.count() == 0 ? 0 : counts.sorted().quantile(0.5, x -> x);
      case MEAN -> values.mean();
      case CONSTANT -> constant;
      case REFUSE -> throw new IllegalArgumentException("missing values are refused");
    };
  }

  /** Returns the scaling of the values, or of their logarithms. */
  Scaling scaling(Scale scale, boolean log) {
    if (values.count() == 0) {
      return Scaling.NONE;
    }
    DoubleUnaryOperator transform = log ? FeatureColumn.Numeric::log : x -> x;
    Moments moments = log ? logs : values;
    return switch (scale) {
      case STANDARD -> Scaling.of(moments.mean(), moments.deviation());
      case MIN_MAX -> between(transform.applyAsDouble(min), transform.applyAsDouble(max));
      case ROBUST -> robust(transform);
      case NONE -> Scaling.NONE;
    };
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
