package io.meanfield.storm;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * One scenario in the table.
 *
 * @param values one for each of {@link #COLUMNS}
 */
record StormRow(List<String> values) {
  /**
   * The columns. {@code hits} and {@code misses} count the disturbances that met a process at work,
   * and those before which it had ended; {@code disturbances} says what was done after how many
   * seconds; {@code outcome} is {@code right} or names the broken promise.
   */
  static final List<String> COLUMNS =
      List.of(
          "date",
          "commit",
          "seed",
          "command",
          "master",
          "kind",
          "hits",
          "misses",
          "disturbances",
          "outcome",
          "seconds");

  static final String RIGHT = "right";

  static StormRow of(Scenario scenario, Effects effects, String outcome, Duration took) {
    return new StormRow(
        List.of(
            LocalDate.now(ZoneOffset.UTC).toString(),
            System.getProperty("storm.commit", "unknown"),
            String.valueOf(scenario.seed()),
            scenario.command().name().toLowerCase(Locale.ROOT),
            scenario.master().url(),
            scenario.disturbance().kind(),
            String.valueOf(effects.hits()),
            String.valueOf(effects.misses()),
            effects.notes(),
            outcome.replaceAll("\\s+", " "),
            String.format(Locale.ROOT, "%.1f", took.toMillis() / 1_000.0)));
  }

  /** Returns the outcome of a scenario that has broken a promise. */
  static String violation(Exception problem) {
    return "violation: "
        + (problem instanceof Violation ? problem.getMessage() : problem.toString());
  }

  static StormRow parse(String line) {
    return new StormRow(List.of(line.split("\t", -1)));
  }

  String value(String column) {
    return values.get(COLUMNS.indexOf(column));
  }

  int count(String column) {
    return Integer.parseInt(value(column));
  }

  boolean isRight() {
    return value("outcome").equals(RIGHT);
  }

  /** Returns the line of the table. */
  String line() {
    return String.join("\t", values);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "seed %s: %s on %s, %s [%s] %s, %s s",
        value("seed"),
        value("command"),
        value("master"),
        value("kind"),
        value("disturbances"),
        value("outcome"),
        value("seconds"));
  }
}
