package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A numeric column of a table and the inputs that its values become. A missing value is NaN. The
 * list {@code fill} of a column has the number that replaces missing values, or is empty if they
 * are refused.
 */
public sealed interface FeatureColumn extends Serializable {
  String MISSING = " missing";

  String column();

  /** The type as which values are read. */
  ValueType type();

  /** Whether a value may be missing. */
  boolean acceptsMissing();

  /** The names of the inputs. */
  List<String> inputNames();

  /** The number of inputs. */
  int inputs();

  /**
   * Writes the inputs of a value from index {@code first} on. Inputs that are 0 may be left out.
   */
  void write(double value, float[] inputs, int first);

  /**
   * Returns the same column with one input, a number in the unit of the table that is NaN for a
   * missing value.
   */
  FeatureColumn raw();

  /** Returns the value whose input in {@link #raw} is this number. */
  double valueOfRaw(float input);

  /** Calls the visitor's method for this kind of column. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of column. */
  interface Visitor<R> {
    R plain(Plain plain);

    R numeric(Numeric numeric);

    R time(Time time);
  }

  private static List<Double> rawFill(List<Double> fill) {
    return fill.isEmpty() ? fill : List.of(Double.NaN);
  }

  /** A number, or each number of an array, that is an input as it is. */
  @DefaultSerializer(JavaSerializer.class)
  record Plain(String column) implements FeatureColumn {
    @Override
    public ValueType type() {
      return ValueType.FLOAT;
    }

    @Override
    public boolean acceptsMissing() {
      return false;
    }

    @Override
    public List<String> inputNames() {
      return List.of(column);
    }

    @Override
    public int inputs() {
      return 1;
    }

    @Override
    public void write(double value, float[] inputs, int first) {
      inputs[first] = (float) value;
    }

    @Override
    public FeatureColumn raw() {
      return this;
    }

    @Override
    public double valueOfRaw(float input) {
      return input;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.plain(this);
    }
  }

  /**
   * A number that is scaled.
   *
   * @param type {@link ValueType#NUMBER} or {@link ValueType#BOOLEAN}
   * @param log whether the sign of x times log(1 + |x|) is scaled in place of x
   * @param indicator whether a second input is 1 for a missing value
   */
  @DefaultSerializer(JavaSerializer.class)
  record Numeric(
      String column,
      ValueType type,
      boolean log,
      Scaling scaling,
      List<Double> fill,
      boolean indicator)
      implements FeatureColumn {
    /**
     * Returns the logarithm of 1 + x, mirrored for negative x; the same bits on every processor.
     */
    public static double log(double x) {
      return x < 0 ? -StrictMath.log1p(-x) : StrictMath.log1p(x);
    }

    @Override
    public boolean acceptsMissing() {
      return !fill.isEmpty();
    }

    @Override
    public List<String> inputNames() {
      return indicator ? List.of(column, column + MISSING) : List.of(column);
    }

    @Override
    public int inputs() {
      return indicator ? 2 : 1;
    }

    @Override
    public void write(double value, float[] inputs, int first) {
      boolean missing = Double.isNaN(value);
      double present = missing ? fill.get(0) : value;
      inputs[first] = (float) scaling.apply(log ? log(present) : present);
      if (indicator) {
        inputs[first + 1] = missing ? 1 : 0;
      }
    }

    @Override
    public FeatureColumn raw() {
      return unscaled(rawFill(fill));
    }

    private FeatureColumn unscaled(List<Double> missing) {
      return new Numeric(column, type, false, Scaling.NONE, missing, false);
    }

    @Override
    public double valueOfRaw(float input) {
      return input;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.numeric(this);
    }
  }

  /**
   * A point in time: days since an origin, the sine and cosine of cyclic parts, and parts as
   * categories. Of a missing value, cyclic parts are the centre of the circle.
   *
   * @param type {@link ValueType#DATE} or {@link ValueType#TIMESTAMP}
   * @param origin the day from which days count, in days since 1970-01-01
   * @param cyclic the parts that become two inputs each
   * @param categories the parts that become one input for each of their values
   * @param scaling of the days
   * @param fill the days that replace a missing value
   */
  @DefaultSerializer(JavaSerializer.class)
  record Time(
      String column,
      ValueType type,
      long origin,
      List<DatePart> cyclic,
      List<DatePart> categories,
      Scaling scaling,
      List<Double> fill,
      boolean indicator)
      implements FeatureColumn {
    private static final double SECONDS_PER_DAY = 86_400;

    /** Returns the days from an origin to a time in seconds since 1970-01-01. */
    public static double days(double seconds, long origin) {
      return seconds / SECONDS_PER_DAY - origin;
    }

    @Override
    public boolean acceptsMissing() {
      return !fill.isEmpty();
    }

    @Override
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

    @Override
    public int inputs() {
      int inputs = 1 + 2 * cyclic.size() + (indicator ? 1 : 0);
      for (DatePart part : categories) {
        inputs += part.count();
      }
      return inputs;
    }

    @Override
    public void write(double value, float[] inputs, int first) {
      boolean missing = Double.isNaN(value);
      double days = missing ? fill.get(0) : days(value, origin);
      inputs[first] = (float) scaling.apply(days);
      if (!missing) {
        writeParts(value, inputs, first + 1);
      } else if (indicator) {
        inputs[first + inputs() - 1] = 1;
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

    @Override
    public FeatureColumn raw() {
      return unscaled(rawFill(fill));
    }

    private FeatureColumn unscaled(List<Double> missing) {
      return new Time(column, type, origin, List.of(), List.of(), Scaling.NONE, missing, false);
    }

    /** Returns seconds since 1970-01-01; {@code input} is in days since the origin. */
    @Override
    public double valueOfRaw(float input) {
      return Math.rint(((double) input + origin) * SECONDS_PER_DAY);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.time(this);
    }
  }
}
