package io.meanfield.pipeline.housekeeping;

import java.util.Comparator;

/** An order of runs. */
public enum RunOrder {
  /** The run that was active longest ago first. */
  AGE,
  /** The best first; runs without an accuracy last. */
  ACCURACY,
  /** The largest first. */
  SIZE,
  NAME;

  /** Compares runs; runs of the same rank are ordered by name. */
  public Comparator<RunSummary> comparator() {
    Comparator<RunSummary> byName = Comparator.comparing(RunSummary::id);
    return switch (this) {
      case AGE -> Comparator.comparing(RunSummary::active).thenComparing(byName);
      case ACCURACY -> Comparator.comparing(RunOrder::error).thenComparing(byName);
      case SIZE -> Comparator.comparing(RunSummary::bytes).reversed().thenComparing(byName);
      case NAME -> byName;
    };
  }

  private static double error(RunSummary run) {
    return 1 - run.accuracy().orElse(Double.NEGATIVE_INFINITY);
  }
}
