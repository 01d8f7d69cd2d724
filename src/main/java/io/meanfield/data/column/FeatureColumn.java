package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A numeric column of a table and the inputs that its values become. A number or a truth value is
 * one input. A point in time is days since 2000-01-01, the sine and cosine of cyclic parts, and
 * parts as categories; of a missing time, cyclic parts are the centre of the circle. A missing
 * value is NaN.
 *
 * @param type as which values are read; {@link ValueType#FLOAT} if the number, or each number of an
 *     array, is an input as it is
 * @param log whether the sign of x times log(1 + |x|) is scaled in place of x
 * @param scaling of numbers, or of days
 * @param edges of the bins of the scaled number, in ascending order, one more than there are bins;
 *     empty if a network takes the number as it is
 * @param fill the number, or the days, that replace a missing value; empty if it is refused
 * @param indicator whether the last input is 1 for a missing value
 * @param cyclic the parts of a time that become two inputs each
 * @param categories the parts of a time that become one input for each of their values
 */
@DefaultSerializer(JavaSerializer.class)
public record FeatureColumn(
    String column,
    ValueType type,
    boolean log,
    ColumnScaling scaling,
    List<Double> edges,
    List<Double> fill,
    boolean indicator,
    List<DatePart> cyclic,
    List<DatePart> categories)
    implements Serializable {
  /** The day from which days count, 2000-01-01, in days since 1970-01-01. */
  public static final long ORIGIN = LocalDate.of(2000, 1, 1).toEpochDay();

  private static final String MISSING = " missing";
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double[] CLOCK = {1, 60, 3_600};
  private static final double ROUNDINGS = 4; // of the value, its scale and back

  /** Returns a column of numbers that are inputs as they are. */
  public static FeatureColumn plain(String column) {
    return number(column, ValueType.FLOAT, false, ColumnScaling.NONE, List.of(), false);
  }

  /** Returns a column of numbers or truth values. */
  public static FeatureColumn number(
      String column,
      ValueType type,
      boolean log,
      ColumnScaling scaling,
      List<Double> fill,
      boolean indicator) {
    return new FeatureColumn(
        column, type, log, scaling, List.of(), fill, indicator, List.of(), List.of());
  }

  /** Returns whether each number is an input as it is. */
  public boolean isPlain() {
    return type == ValueType.FLOAT;
  }

  /** Returns the logarithm of 1 + x, mirrored for negative x; the same bits on every processor. */
  public static double log(double x) {
    return x < 0 ? -StrictMath.log1p(-x) : StrictMath.log1p(x);
  }

  /** Returns the days from 2000-01-01 to a time in seconds since 1970-01-01. */
  public static double days(double seconds) {
    return seconds / SECONDS_PER_DAY - ORIGIN;
  }

  /** Returns whether a value may be missing. */
  public boolean acceptsMissing() {
    return !fill.isEmpty();
  }

  /** Returns the names of the inputs. */
  public List<String> inputNames() {
    boolean hasParts = !cyclic.isEmpty() || !categories.isEmpty();
    List<String> names = new ArrayList<>(List.of(hasParts ? column + " days" : column));
    for (DatePart part : cyclic) {
      names.add(column + " " + part + " sin");
      names.add(column + " " + part + " cos");
    }
    for (DatePart part : categories) {
      IntStream.range(0, part.count()).forEach(i -> names.add(column + " " + part + "=" + i));
    }
    if (indicator) {
      names.add(column + MISSING);
    }
    return names;
  }

  /** Returns the number of inputs. */
  public int inputs() {
    int inputs = 1 + 2 * cyclic.size() + (indicator ? 1 : 0);
    for (DatePart part : categories) {
      inputs += part.count();
    }
    return inputs;
  }

  /** Writes the inputs of a value from index {@code first} on, which are 0 before. */
  public void write(double value, float[] inputs, int first) {
    if (Double.isNaN(value) && acceptsMissing()) {
      inputs[first] = (float) scaling.apply(log ? log(fill.get(0)) : fill.get(0));
      if (indicator) {
        inputs[first + inputs() - 1] = 1;
      }
    } else if (type.isTime()) {
      inputs[first] = (float) scaling.apply(days(value));
      writeParts(value, inputs, first + 1);
    } else {
      inputs[first] = (float) scaling.apply(log ? log(value) : value);
    }
  }

  private void writeParts(double value, float[] inputs, int first) {
    int next = first;
    for (DatePart part : cyclic) {
      int recurring = part.at(value);
      inputs[next++] = part.sine(recurring);
      inputs[next++] = part.cosine(recurring);
    }
    for (DatePart part : categories) {
      inputs[next + part.at(value)] = 1;
      next += part.count();
    }
  }

  /**
   * Returns the value whose inputs begin at index {@code first}, to the precision of an input; NaN
   * for a missing value, if the column has an input that marks missing values.
   */
  public double value(float[] inputs, int first) {
    if (indicator && inputs[first + inputs() - 1] == 1) {
      return Double.NaN;
    }
    double number = scaling.invert(inputs[first]);
    double error = ROUNDINGS * scaling.divisor() * Math.ulp(inputs[first]);
    if (type.isTime()) {
      double unit =
          Arrays.stream(CLOCK)
              .filter(u -> u >= error * SECONDS_PER_DAY)
              .findFirst()
              .orElse(SECONDS_PER_DAY);
      return Math.rint((number + ORIGIN) * SECONDS_PER_DAY / unit) * unit;
    }
    return log
        ? rounded(unlog(number), error * (1 + Math.abs(unlog(number))))
        : rounded(number, error);
  }

  /** Returns the number with as many decimals as its error leaves. */
  private static double rounded(double number, double error) {
    double unit = Math.pow(10, Math.ceil(Math.log10(error)));
    return unit > 0 ? Math.rint(number / unit) * unit : number;
  }

  private static double unlog(double y) {
    return y < 0 ? -StrictMath.expm1(-y) : StrictMath.expm1(y);
  }

  /**
   * Returns the same column with one input, a number in the unit of the table that is NaN for a
   * missing value.
   */
  public FeatureColumn unscaled() {
    return number(
        column,
        type,
        false,
        ColumnScaling.NONE,
        fill.isEmpty() ? fill : List.of(Double.NaN),
        false);
  }

  /** Returns the value whose input in {@link #unscaled} is this number. */
  public double valueOfUnscaled(float input) {
    return type.isTime() ? Math.rint(((double) input + ORIGIN) * SECONDS_PER_DAY) : input;
  }
}
