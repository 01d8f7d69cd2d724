package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ExactSum;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The mean, variance and skewness of numbers, from exact sums of their powers: the same bits for
 * any order and any division into parts, and no cancellation.
 */
@DefaultSerializer(JavaSerializer.class)
public final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private final ExactSum cubes = new ExactSum();
  private long count;

  /** Adds a number whose third power is finite. */
  void add(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    add(x, square, rest);
    addProduct(square, x);
    if (rest != 0) { // unless x has few digits, such as a float
      addProduct(rest, x);
    }
  }

  /** Adds a number; {@link #skewness} is undefined from now on. */
  public void addWithoutCube(double x) {
    double square = x * x;
    add(x, square, Math.fma(x, x, -square));
  }

  private void add(double x, double square, double rest) {
    sum.add(x);
    squares.add(square);
    if (rest != 0) {
      squares.add(rest);
    }
    count++;
  }

  private void addProduct(double a, double b) {
    double product = a * b;
    cubes.add(product);
    cubes.add(Math.fma(a, b, -product));
  }

  /** Adds a number as often as {@code times} says. */
  void add(double x, long times) {
    double square = x * x;
    double squareRest = Math.fma(x, x, -square);
    double cube = square * x;
    double rest = squareRest * x;
    sum.add(x, times);
    squares.add(square, times);
    squares.add(squareRest, times);
    cubes.add(cube, times);
    cubes.add(Math.fma(square, x, -cube), times);
    cubes.add(rest, times);
    cubes.add(Math.fma(squareRest, x, -rest), times);
    count += times;
  }

  /** Adds the numbers of other moments. */
  public void add(Moments other) {
    sum.add(other.sum);
    squares.add(other.squares);
    cubes.add(other.cubes);
    count += other.count;
  }

  long count() {
    return count;
  }

  /** Returns the mean; 0 of no numbers. */
  public double mean() {
    return count == 0 ? 0 : sum.value().divide(n(), MathContext.DECIMAL128).doubleValue();
  }

  /** Returns the standard deviation, of the numbers themselves, not of a sample. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Returns the mean squared distance from the mean; exactly 0 if all numbers are the same. */
  private double variance() {
    BigDecimal numerator = n().multiply(squares.value()).subtract(sum.value().pow(2));
    return ratio(numerator, 2);
  }

  /** Returns the mean cubed distance from the mean, divided by the cubed standard deviation. */
  double skewness() {
    double variance = variance();
    if (variance == 0) {
      return 0;
    }
    BigDecimal total = sum.value();
    BigDecimal numerator =
        n().pow(2)
            .multiply(cubes.value())
            .subtract(BigDecimal.valueOf(3).multiply(n()).multiply(total).multiply(squares.value()))
            .add(BigDecimal.valueOf(2).multiply(total.pow(3)));
    return ratio(numerator, 3) / (variance * Math.sqrt(variance));
  }

  private double ratio(BigDecimal numerator, int power) {
    return count == 0 ? 0 : numerator.divide(n().pow(power), MathContext.DECIMAL128).doubleValue();
  }

  private BigDecimal n() {
    return BigDecimal.valueOf(count);
  }
}
