package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Impute;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TargetRange;
import io.meanfield.data.encoding.ValueCounts;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** What a scaling and an imputation need to know about the numbers of a column. */
@DefaultSerializer(JavaSerializer.class)
final class NumberSummary implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double LOWER_QUARTILE = 0.25;
  private static final double UPPER_QUARTILE = 0.75;
  private static final int FEWEST_VALUES = 500; // with fewer, the encoding over-fits
  private static final int ROWS_PER_BIN = 40;
  private static final long ROWS_PER_DAY = 50;
  private static final long ROWS_PER_HOLIDAY = 5; // enough if they are those of several years
  private static final int DAYS_OF_FOUR_YEARS = 1_461;
  private static final long ROWS_PER_MINUTE = 500; // of the day, which the hour nearly tells

  private final ValueCounts counts = new ValueCounts();
  private final Moments values = new Moments();
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long missing;

  /** Adds values; NaN is a missing one. */
  void add(double... all) {
    double[] present = present(all);
    missing += all.length - present.length;
    for (double value : present) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      counts.add(value + 0.0, 1); // adding 0 makes -0 and 0 the same value
    }
    values.add(present);
  }

  private static double[] present(double[] all) {
    int count = 0;
    while (count < all.length && !Double.isNaN(all[count])) {
      count++;
    }
    return count == all.length
        ? all
        : Arrays.stream(all).filter(value -> !Double.isNaN(value)).toArray();
  }

  void add(NumberSummary other) {
    counts.add(other.counts);
    values.add(other.values);
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    missing += other.missing;
  }

  boolean hasMissing() {
    return missing > 0;
  }

  /** Returns the skewness; NaN if there are negative values, for which it is not computed. */
  double skewness() {
    return min < 0 ? Double.NaN : values.skewness();
  }

  private Moments momentsOfLogs() {
    ValueCounts.Sorted sorted = counts.sorted();
    Moments moments = new Moments();
    moments.add(Arrays.stream(sorted.values()).map(FeatureColumn::log).toArray(), sorted.times());
    return moments;
  }

  double min() {
    return min;
  }

  /** Returns the range of the values. */
  TargetRange range() {
    return new TargetRange(values.mean(), values.deviation(), (float) min, (float) max);
  }

  /** Returns the number that replaces missing values. */
  double fill(Impute impute) {
    return switch (impute) {
      case MEDIAN -> counts.areEmpty() ? 0 : counts.sorted().quantile(0.5, x -> x);
      case MEAN -> values.mean();
      case REFUSE -> throw new IllegalArgumentException("missing values are refused");
    };
  }

  /** Returns the scaling of the values, or of their logarithms. */
  ColumnScaling scaling(Scale scale, boolean log) {
    if (counts.areEmpty()) {
      return ColumnScaling.NONE;
    }
    DoubleUnaryOperator transform = log ? FeatureColumn::log : x -> x;
    return switch (scale) {
      case STANDARD -> standard(log ? momentsOfLogs() : values);
      case MIN_MAX -> between(transform.applyAsDouble(min), transform.applyAsDouble(max));
      case ROBUST -> robust(transform);
      case NONE -> ColumnScaling.NONE;
    };
  }

  /**
   * Returns the edges of the bins of scaled values. Half of them divide the rows, half the
   * different values, so that neither a frequent value nor a rare range takes all of them.
   *
   * @param most bins; fewer if that leaves fewer than {@value #ROWS_PER_BIN} values a bin, and none
   *     for fewer than {@value #FEWEST_VALUES} values
   * @param columns the number of columns with bins, which have no more bins together than there are
   *     values in one of them: a wide table would over-fit
   */
  List<Double> edges(int most, int columns, ColumnScaling scaling, boolean log) {
    ValueCounts.Sorted rows = counts.sorted();
    if (most == 0 || rows.count() < Math.max(FEWEST_VALUES, 2L * columns)) {
      return List.of();
    }
    DoubleUnaryOperator transform = log ? FeatureColumn::log : x -> x;
    ValueCounts.Sorted different = rows.once();
    long half = Math.max(1, Math.min(most, rows.count() / Math.max(ROWS_PER_BIN, columns)) / 2);
    SortedSet<Float> edges = new TreeSet<>();
    edges.add(edge(transform.applyAsDouble(min), scaling));
    edges.add(edge(transform.applyAsDouble(max), scaling));
    for (int i = 1; i < half; i++) {
      edges.add(edge(rows.quantile((double) i / half, transform), scaling));
      edges.add(edge(different.quantile((double) i / half, transform), scaling));
    }
    return edges.size() == 1
        ? List.of()
        : edges.stream().map(edge -> Double.valueOf(edge.toString())).toList();
  }

  /**
   * Returns the parts of times, of which these are the days, that become categories: days and
   * minutes if there are enough rows for each, else coarser ones.
   */
  List<DatePart> parts(ValueType type) {
    List<DatePart> parts = new ArrayList<>();
    if (type == ValueType.TIMESTAMP) {
      boolean areMinutes = haveEnough(DatePart.MINUTE_OF_DAY.count(), ROWS_PER_MINUTE);
      parts.add(areMinutes ? DatePart.MINUTE_OF_DAY : DatePart.HOUR_OF_DAY);
    }
    parts.add(DatePart.DAY_OF_WEEK);
    parts.add(DatePart.MONTH);
    if (days() > DatePart.DAY_OF_YEAR.count()
        && haveEnough(
            DatePart.DAY_OF_YEAR.count(),
            days() >= DAYS_OF_FOUR_YEARS ? ROWS_PER_HOLIDAY : ROWS_PER_DAY)) {
      parts.add(DatePart.DAY_OF_YEAR);
    }
    if (haveEnough(days(), ROWS_PER_DAY)) {
      parts.add(DatePart.DAY);
    }
    return parts;
  }

  private boolean haveEnough(int categories, long each) {
    return counts.sorted().count() >= categories * each;
  }

  /** Returns the first day, in days since 1970-01-01. */
  int firstDay() {
    return counts.areEmpty() ? 0 : (int) Math.floor(min + FeatureColumn.ORIGIN);
  }

  /** Returns the number of days from the first to the last one. */
  int days() {
    return counts.areEmpty() ? 1 : (int) Math.floor(max + FeatureColumn.ORIGIN) - firstDay() + 1;
  }

  private static float edge(double value, ColumnScaling scaling) {
    return (float) scaling.apply(value);
  }

  private static ColumnScaling standard(Moments moments) {
    return ColumnScaling.of(moments.mean(), moments.deviation());
  }

  private static ColumnScaling between(double low, double high) {
    return ColumnScaling.of(low, high - low);
  }

  private ColumnScaling robust(DoubleUnaryOperator transform) {
    ValueCounts.Sorted sorted = counts.sorted();
    return ColumnScaling.of(
        sorted.quantile(0.5, transform),
        sorted.quantile(UPPER_QUARTILE, transform) - sorted.quantile(LOWER_QUARTILE, transform));
  }
}
