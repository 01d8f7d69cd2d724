package io.meanfield.network.keras;

import io.meanfield.network.keras.NumpyArray.Precision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How NumPy writes the numbers that it shows of an array, all as wide as the widest: the shortest
 * digits that name a number, at most eight behind the point, scientific where the numbers are
 * large, small or far apart.
 */
final class NumpyFormat {
  private static final int PRECISION = 8;
  private static final double SMALL = 0.0001;
  private static final double FAR_APART = 1000;

  private final Precision precision;
  private final boolean scientific;
  private final int left;
  private final int right;
  private final int exponent;

  private NumpyFormat(Precision precision, List<Double> numbers) {
    this.precision = precision;
    this.scientific = isScientific(numbers, precision);
    List<Parts> parts = numbers.stream().map(this::parts).toList();
    this.left = widest(parts, number -> number.whole.length());
    this.right = widest(parts, number -> number.fraction.length());
    this.exponent = widest(parts, number -> number.exponent.length());
  }

  /** The format of an array of which these numbers are shown. */
  static NumpyFormat of(Precision precision, List<Double> numbers) {
    return new NumpyFormat(precision, numbers);
  }

  private static int widest(List<Parts> parts, ToIntFunction<Parts> width) {
    return parts.stream().mapToInt(width).max().orElse(0);
  }

  private static boolean isScientific(List<Double> numbers, Precision precision) {
    double[] sizes = numbers.stream().mapToDouble(Math::abs).filter(n -> n != 0).sorted().toArray();
    if (sizes.length == 0) {
      return false;
    }
    double smallest = sizes[0];
    double largest = sizes[sizes.length - 1];
    return precision == Precision.SINGLE
        ? largest >= 1e6 || smallest < (float) SMALL || (float) (largest / smallest) > FAR_APART
        : largest >= 1e8 || smallest < SMALL || largest / smallest > FAR_APART;
  }

  String text(double number) {
    return scientific ? scientificText(number) : positionalText(number);
  }

  private String positionalText(double number) {
    Parts parts = positional(number);
    return " ".repeat(left - parts.whole.length())
        + parts.whole
        + "."
        + parts.fraction
        + " ".repeat(right - parts.fraction.length());
  }

  // All have as many digits as the one that needs most: of the number itself, not zeros.
  private String scientificText(double number) {
    Parts parts = scientific(number, round(exact(number), right + 1));
    return " ".repeat(left - parts.whole.length())
        + parts.whole
        + "."
        + parts.fraction
        + "0".repeat(right - parts.fraction.length())
        + "e"
        + parts.exponent.charAt(0)
        + "0".repeat(exponent - parts.exponent.length())
        + parts.exponent.substring(1);
  }

  /** A number's digits; the exponent with its sign, empty where there is none. */
  private record Parts(String whole, String fraction, String exponent) {}

  private Parts parts(double number) {
    return scientific
        ? scientific(number, round(shortest(exact(number)), PRECISION + 1))
        : positional(number);
  }

  private static Parts scientific(double number, BigDecimal rounded) {
    BigDecimal digits = withoutZeros(rounded);
    String written = digits.unscaledValue().toString();
    int power = digits.signum() == 0 ? 0 : digits.precision() - digits.scale() - 1;
    return new Parts(
        sign(number) + written.charAt(0),
        written.substring(1),
        (power < 0 ? "-" : "+") + String.format("%02d", Math.abs(power)));
  }

  private Parts positional(double number) {
    BigDecimal digits = shortest(exact(number));
    if (digits.scale() > PRECISION) {
      digits = exact(number).setScale(PRECISION, RoundingMode.HALF_EVEN);
    }
    String[] halves = withoutZeros(digits).toPlainString().split("\\.", 2);
    return new Parts(sign(number) + halves[0], halves.length > 1 ? halves[1] : "", "");
  }

  private static String sign(double number) {
    return number < 0 || 1 / number < 0 ? "-" : ""; // minus zero, too
  }

  private static BigDecimal exact(double number) {
    return new BigDecimal(number).abs();
  }

  private static BigDecimal withoutZeros(BigDecimal digits) {
    return digits.signum() == 0 ? BigDecimal.ZERO : digits.stripTrailingZeros();
  }

  private BigDecimal shortest(BigDecimal exact) {
    int digits = 1;
    BigDecimal rounded = round(exact, digits);
    while (!names(rounded, exact)) {
      rounded = round(exact, ++digits);
    }
    return rounded;
  }

  private static BigDecimal round(BigDecimal exact, int digits) {
    return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private boolean names(BigDecimal digits, BigDecimal exact) {
    return precision == Precision.SINGLE
        ? digits.floatValue() == exact.floatValue()
        : digits.doubleValue() == exact.doubleValue();
  }
}
