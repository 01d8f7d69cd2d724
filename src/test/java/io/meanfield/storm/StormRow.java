package io.meanfield.storm;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * One scenario in the table.
 *
 * @param disturbances what was done, and when
 * @param outcome {@code right}, or the promise that was broken
 */
record StormRow(
    String date,
    String commit,
    long seed,
    String scenario,
    String disturbances,
    String outcome,
    double seconds) {
  static final String RIGHT = "right";
  static final String HEADER = "date\tcommit\tseed\tscenario\tdisturbances\toutcome\tseconds";

  static StormRow of(Scenario scenario, String disturbances, String outcome, Duration took) {
    return new StormRow(
        LocalDate.now(java.time.ZoneOffset.UTC).toString(),
        System.getProperty("storm.commit", "unknown"),
        scenario.seed(),
        scenario.toString(),
        disturbances,
        outcome.replaceAll("\\s+", " "),
        Math.round(took.toMillis() / 100.0) / 10.0);
  }

  boolean isRight() {
    return outcome.equals(RIGHT);
  }

  /** Returns the line of the table. */
  String line() {
    return String.join(
        "\t",
        List.of(
            date,
            commit,
            String.valueOf(seed),
            scenario,
            disturbances,
            outcome,
            String.valueOf(seconds)));
  }

  static StormRow parse(String line) {
    String[] columns = line.split("\t", -1);
    return new StormRow(
        columns[0],
        columns[1],
        Long.parseLong(columns[2]),
        columns[3],
        columns[4],
        columns[5],
        Double.parseDouble(columns[6]));
  }

  @Override
  public String toString() {
    return "seed "
        + seed
        + ": "
        + scenario
        + " ["
        + disturbances
        + "] "
        + outcome
        + ", "
        + seconds
        + " s";
  }
}
