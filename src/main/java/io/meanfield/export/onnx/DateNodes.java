package io.meanfield.export.onnx;

import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds the recurring parts of a point in time to a graph.
 *
 * @param seconds the name of the seconds since 1970-01-01 in UTC, NaN if the time is missing
 */
record DateNodes(Graph graph, Doubles doubles, String seconds) {
  static final double SECONDS_PER_DAY = 86_400;

  // Days from 0000-03-01 to 1970-01-01, and in 400, 100, 4 and 1 years that begin in March.
  private static final double DAYS_BEFORE_1970 = 719_468;
  private static final double DAYS_OF_400_YEARS = 146_097;
  private static final double DAYS_OF_100_YEARS = 36_524;
  private static final double DAYS_OF_4_YEARS = 1_461;
  private static final double DAYS_OF_A_YEAR = 365;
  private static final double DAYS_FROM_MARCH_TO_DECEMBER = 306;
  private static final double DAYS_OF_JANUARY_AND_FEBRUARY = 60; // of a leap year

  /** Returns the names of the inputs for cyclic parts and categories, in the column's order. */
  List<String> parts(FeatureColumn time) {
    List<String> inputs = new ArrayList<>();
    time.cyclic().forEach(part -> inputs.add(onCircle(part)));
    time.categories()
        .forEach(part -> inputs.add(ColumnNodes.oneHot(graph, index(part), part.count())));
    return inputs;
  }

  /** Returns the name of sine and cosine, [examples, 2]; both are 0 if the time is missing. */
  private String onCircle(DatePart part) {
    float[] circle = new float[2 * part.count() + 2]; // the index -1 means the last point, (0, 0)
    for (int value = 0; value < part.count(); value++) {
      circle[2 * value] = part.sine(value);
      circle[2 * value + 1] = part.cosine(value);
    }
    String points = graph.constant(Constants.floats(circle, part.count() + 1, 2));
    String point = graph.node("Gather", List.of(points, index(part)));
    return graph.node("Flatten", List.of(point), Attributes.integer("axis", 1));
  }

  /** Returns the name of the part's value, [examples, 1]; -1 if the time is missing. */
  private String index(DatePart part) {
    return Casts.toLong(graph, doubles.where(doubles.missing(seconds), -1, value(part)));
  }

  /** Returns the name of a part's code, [examples, 1], as EmbeddedColumn has it. */
  String code(EmbeddedColumn column) {
    int last = column.categories() - 1;
    String code = doubles.minus(value(column.part().get(0)), column.first());
    String isBefore = doubles.isAtLeast(doubles.times(code, -1), 1);
    String known = doubles.where(isBefore, last, code);
    String isAfter = doubles.isAtLeast(known, last);
    return doubles.where(doubles.missing(seconds), last, doubles.where(isAfter, last, known));
  }

  private String value(DatePart part) {
    String whole = doubles.floor(seconds);
    String day = doubles.quotient(whole, SECONDS_PER_DAY);
    return switch (part) {
      case HOUR_OF_DAY -> doubles.quotient(doubles.remainder(whole, SECONDS_PER_DAY), 3_600);
      case MINUTE_OF_DAY -> doubles.quotient(doubles.remainder(whole, SECONDS_PER_DAY), 60);
      case DAY_OF_WEEK -> doubles.remainder(doubles.plus(day, 3), 7); // 1970 began on a Thursday
      case MONTH -> month(day);
      case DAY_OF_YEAR -> dayOfYear(day);
      case DAY -> day;
    };
  }

  // Howard Hinnant, chrono-compatible low-level date algorithms, civil_from_days: a leap day is the
  // last day of a year that begins in March.
  private String dayOfYear(String day) {
    String fromMarch = fromMarch(day);
    String inNextYear = doubles.isAtLeast(fromMarch, DAYS_FROM_MARCH_TO_DECEMBER);
    return doubles.where(
        inNextYear,
        doubles.minus(fromMarch, DAYS_FROM_MARCH_TO_DECEMBER),
        doubles.plus(fromMarch, DAYS_OF_JANUARY_AND_FEBRUARY));
  }

  // Five months that begin in March or August have 153 days.
  private String month(String day) {
    String five = doubles.plus(doubles.times(fromMarch(day), 5), 2);
    return doubles.remainder(doubles.plus(doubles.quotient(five, 153), 2), 12);
  }

  private String dayOfEra(String day) {
    return doubles.remainder(doubles.plus(day, DAYS_BEFORE_1970), DAYS_OF_400_YEARS);
  }

  /** Returns the days since the last first of March. */
  private String fromMarch(String day) {
    String dayOfEra = dayOfEra(day);
    String year = yearOfEra(dayOfEra);
    String leapDays = doubles.minus(doubles.quotient(year, 4), doubles.quotient(year, 100));
    String daysBefore = doubles.plus(doubles.times(year, DAYS_OF_A_YEAR), leapDays);
    return doubles.minus(dayOfEra, daysBefore);
  }

  private String yearOfEra(String dayOfEra) {
    String without4 = doubles.minus(dayOfEra, doubles.quotient(dayOfEra, DAYS_OF_4_YEARS - 1));
    String with100 = doubles.plus(without4, doubles.quotient(dayOfEra, DAYS_OF_100_YEARS));
    String with400 = doubles.minus(with100, doubles.quotient(dayOfEra, DAYS_OF_400_YEARS - 1));
    return doubles.quotient(with400, DAYS_OF_A_YEAR);
  }
}
