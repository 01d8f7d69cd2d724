package io.meanfield.pipeline.search;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The values of a setting, of which a trial has one. */
sealed interface Choice {
  /**
   * Returns a value.
   *
   * @param unit a number from 0 to 1 (exclusive), uniform if all values are to be equally likely
   */
  ConfigValue at(double unit);

  /** Some values. */
  record OneOf(List<ConfigValue> values) implements Choice {
    @Override
    public ConfigValue at(double unit) {
      return values.get((int) (unit * values.size()));
    }
  }

  /**
   * The numbers between two bounds, which are among them.
   *
   * @param isLog whether numbers of each size are equally likely, such as 0.001 to 0.01 and 0.01 to
   *     0.1; the bounds are above 0
   * @param isWhole whether the numbers are whole
   */
  record Range(double from, double to, boolean isLog, boolean isWhole) implements Choice {
    private static final MathContext DIGITS = new MathContext(4);

    @Override
    public ConfigValue at(double unit) {
      if (isWhole) {
        return ConfigValueFactory.fromAnyRef((long) Math.min(to, Math.floor(number(unit, to + 1))));
      }
      return ConfigValueFactory.fromAnyRef(
          new BigDecimal(number(unit, to)).round(DIGITS).doubleValue());
    }

    private double number(double unit, double end) {
      return isLog ? from * StrictMath.pow(end / from, unit) : from + unit * (end - from);
    }
  }
}
