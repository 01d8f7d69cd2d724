package io.meanfield.data.column;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The units of numbers. A currency stands before or after an amount, which may lack it where others
 * have it. A measure, such as kg or %, stands after a number; a number without it is another one,
 * but for 0.
 */
final class Unit {
  /** The unit of numbers such as 12 %. */
  static final String PERCENT = "%";

  // Before other texts than numbers, letters such as m and t are codes.
  private static final Set<String> MEASURES =
      Set.of(
          PERCENT,
          "\u2030",
          "g",
          "kg",
          "mg",
          "\u00b5g",
          "t",
          "lb",
          "oz",
          "mm",
          "cm",
          "m",
          "km",
          "in",
          "ft",
          "yd",
          "mi",
          "mile",
          "m2",
          "m\u00b2",
          "m3",
          "m\u00b3",
          "km2",
          "km\u00b2",
          "sqm",
          "sq m",
          "sqft",
          "sq ft",
          "sq. ft",
          "ha",
          "acre",
          "ml",
          "cl",
          "l",
          "gal",
          "\u00b0C",
          "\u00b0F",
          "\u00b0",
          "ms",
          "s",
          "sec",
          "second",
          "min",
          "minute",
          "h",
          "hr",
          "hour",
          "d",
          "day",
          "week",
          "month",
          "yr",
          "year",
          "kW",
          "kWh",
          "MW",
          "MWh",
          "hp",
          "bhp",
          "PS",
          "mph",
          "km/h",
          "kmh",
          "kmph",
          "kB",
          "KB",
          "MB",
          "GB",
          "TB",
          "Hz",
          "kHz",
          "MHz",
          "GHz",
          "cc",
          "CC",
          "kcal",
          "cal",
          "kJ",
          "bar",
          "psi",
          "hPa",
          "mmHg",
          "dB",
          "ppm",
          "pt",
          "px",
          "rpm",
          "Nm",
          "kmpl",
          "mpg",
          "mAh",
          "pcs",
          "room",
          "bed",
          "bath");

  private static final Set<String> CURRENCIES =
      Stream.concat(
              Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode),
              Stream.of("kr", "z\u0142", "K\u010d", "Ft", "Fr", "Rs", "lei"))
          .collect(Collectors.toUnmodifiableSet());

  /** A pattern of what may be a unit before a number. */
  static final String BEFORE =
      "[A-Z]{0,2}\\p{Sc}|[A-Z]{3}|(?:kr|Fr|Rs)[.,]?|z\u0142|K\u010d|Ft|lei";

  /** A pattern of what may be a unit after a number. */
  static final String BEHIND =
      BEFORE
          + MEASURES.stream()
              .sorted(Comparator.comparing(String::length).reversed().thenComparing(unit -> unit))
              .map(unit -> Pattern.quote(unit) + (isWord(unit) ? "s?" : ""))
              .collect(Collectors.joining("|", "|", ""));

  private Unit() {}

  private static boolean isWord(String unit) {
    return unit.length() >= 2 && unit.chars().allMatch(c -> c >= 'a' && c <= 'z');
  }

  /** Returns a unit without the dot or the plural with which it is written. */
  static String plain(String written) {
    String unit = written.replaceAll("[.,]$", "");
    String singular = unit.replaceAll("s$", "");
    return isMeasure(unit) || !isMeasure(singular) ? unit : singular;
  }

  /** Returns whether a unit is known. */
  static boolean isKnown(String unit) {
    return isMeasure(unit)
        || CURRENCIES.contains(unit)
        || Character.getType(unit.codePointBefore(unit.length())) == Character.CURRENCY_SYMBOL;
  }

  /** Returns the ways to write a unit that a pattern matches. */
  static List<String> spellings(String unit, String pattern) {
    return Stream.of("", "s", ".", ",")
        .map(end -> unit + end)
        .filter(written -> !unit.isEmpty() && written.matches(pattern))
        .filter(written -> plain(written).equals(unit))
        .toList();
  }

  /** Returns whether a number without the unit is another one. */
  static boolean isMeasure(String unit) {
    return MEASURES.contains(unit);
  }
}
