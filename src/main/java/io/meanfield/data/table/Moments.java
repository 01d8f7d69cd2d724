package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * The mean, variance and skewness of numbers. Each array that is added is summed around its own
 * mean, which loses no digits if a mean is large (Chan, Golub and LeVeque 1979), and what arrays
 * contribute is added exactly: the same bits for any order of the arrays.
 */
@DefaultSerializer(JavaSerializer.class)
public final class Moments implements Serializable {
  private static final long serialVersionUID = 2L;
  private static final BigDecimal THREE = BigDecimal.valueOf(3);

  private long count;
  private BigDecimal sum = BigDecimal.ZERO;
  private BigDecimal squares = BigDecimal.ZERO;
  private BigDecimal cubes = BigDecimal.ZERO;

  /** Adds finite numbers. */
  public void add(double... values) {
    double[] once = new double[values.length];
    Arrays.fill(once, 1);
    add(values, once);
  }

  /**
   * Adds finite numbers.
   *
   * @param times how often to add each of them
   */
  void add(double[] values, double[] times) {
    if (values.length == 0) {
      return;
    }
    double first = values[0]; // the mean of equal numbers is exactly that number
    double n = 0;
    double distances = 0;
    for (int i = 0; i < values.length; i++) {
      n += times[i];
      distances += times[i] * (values[i] - first);
    }
    double mean = first + distances / n;
    double rest = 0;
    double second = 0;
    double third = 0;
    for (int i = 0; i < values.length; i++) {
      double distance = values[i] - mean;
      double square = times[i] * distance * distance;
      rest += times[i] * distance;
      second += square;
      third += square * distance;
    }
    addCentral((long) n, new BigDecimal(mean), rest, second, third);
  }

  /**
   * Adds n numbers of which the sums of the powers of the distances from {@code mean} are given.
   */
  private void addCentral(long n, BigDecimal mean, double rest, double second, double third) {
    BigDecimal total = mean.multiply(BigDecimal.valueOf(n));
    BigDecimal one = new BigDecimal(rest);
    BigDecimal two = new BigDecimal(second);
    BigDecimal meanSquare = mean.multiply(mean);
    count += n;
    sum = sum.add(total).add(one);
    squares = squares.add(total.add(one).add(one).multiply(mean)).add(two);
    cubes =
        cubes
            .add(total.add(THREE.multiply(one)).multiply(meanSquare))
            .add(THREE.multiply(two).multiply(mean))
            .add(new BigDecimal(third));
  }

  /** Adds the numbers of other moments. */
  public void add(Moments other) {
    count += other.count;
    sum = sum.add(other.sum);
    squares = squares.add(other.squares);
    cubes = cubes.add(other.cubes);
  }

  /** Returns the sum of the numbers. */
  public double sum() {
    return sum.doubleValue();
  }

  /** Returns the mean; 0 of no numbers. */
  public double mean() {
    return count == 0 ? 0 : sum.divide(n(), MathContext.DECIMAL128).doubleValue();
  }

  /** Returns the standard deviation, of the numbers themselves, not of a sample. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Returns the mean squared distance from the mean; exactly 0 if all numbers are the same. */
  private double variance() {
    return Math.max(0, ratio(n().multiply(squares).subtract(sum.pow(2)), 2));
  }

  /** Returns the mean cubed distance from the mean, divided by the cubed standard deviation. */
  double skewness() {
    double variance = variance();
    if (variance == 0) {
      return 0;
    }
    BigDecimal numerator =
        n().pow(2)
            .multiply(cubes)
            .subtract(THREE.multiply(n()).multiply(sum).multiply(squares))
            .add(BigDecimal.valueOf(2).multiply(sum.pow(3)));
    return ratio(numerator, 3) / (variance * Math.sqrt(variance));
  }

  private double ratio(BigDecimal numerator, int power) {
    return count == 0 ? 0 : numerator.divide(n().pow(power), MathContext.DECIMAL128).doubleValue();
  }

  private BigDecimal n() {
    return BigDecimal.valueOf(count);
  }
}
