package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;

/**
 * How sure a model is: around each predicted number an interval that contains the number of a share
 * of new rows, or in place of a class the set of classes that contains the class of that share. All
 * of it follows from the outputs of the network.
 *
 * @param levels the shares, which are different; empty for none
 * @param scales of the errors of each output, if outputs are numbers; empty for classes
 */
@DefaultSerializer(JavaSerializer.class)
public record Intervals(List<Level> levels, List<ErrorScale> scales) implements Serializable {
  /** No intervals. */
  public static final Intervals NONE = new Intervals(List.of(), List.of());

  /**
   * A share of rows.
   *
   * @param level the share, between 0 and 1
   * @param quantiles of the conformal scores: for each output that is a number of the error divided
   *     by its scale; for classes one number, of 1 minus the score of the class
   */
  @DefaultSerializer(JavaSerializer.class)
  public record Level(double level, List<Double> quantiles) implements Serializable {
    public Level {
      quantiles = List.copyOf(quantiles);
      if (!isLevel(level) || quantiles.isEmpty()) {
        throw new IllegalArgumentException(
            "expected a level between 0 and 1 and quantiles, found " + level + ", " + quantiles);
      }
    }

    /** Returns what names of columns end with: {@code 90} for 0.9, {@code 99_5} for 0.995. */
    public String suffix() {
      return Intervals.suffix(level);
    }

    /** Returns the least score of a class that belongs to the set. */
    public float leastScore() {
      return (float) (1 - quantiles.get(0));
    }
  }

  public Intervals {
    levels = List.copyOf(levels);
    scales = List.copyOf(scales);
    int count = scales.isEmpty() ? 1 : scales.size();
    if (levels.stream().anyMatch(level -> level.quantiles().size() != count)) {
      throw new IllegalArgumentException(
          "expected %s quantiles, found %s".formatted(count, levels));
    }
  }

  /**
   * Returns what names of columns of a level end with: {@code 90} for 0.9, {@code 99_5} for 0.995.
   */
  public static String suffix(double level) {
    return percent(level).replace('.', '_');
  }

  /** Returns a level in per cent: {@code 90} for 0.9, {@code 99.5} for 0.995. */
  public static String percent(double level) {
    return BigDecimal.valueOf(level).movePointRight(2).stripTrailingZeros().toPlainString();
  }

  /** Returns whether a number is a level. */
  public static boolean isLevel(double number) {
    return number > 0 && number < 1;
  }

  /** Returns whether there are none. */
  public boolean areNone() {
    return levels.isEmpty();
  }

  /** Returns half the width of the interval around a predicted number. */
  public double radius(Level level, int output, double prediction) {
    return level.quantiles().get(output) * scales.get(output).of(prediction);
  }
}
