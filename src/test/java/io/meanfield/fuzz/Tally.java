package io.meanfield.fuzz;

import java.util.ArrayList;
import java.util.List;

/** The outcomes of the cases of one format. */
final class Tally {
  /** A case that violates what is required. */
  record Found(int seed, Outcome.Violation violation) {}

  private int accepted;
  private int refused;
  private long peakKib;
  private final List<Found> violations = new ArrayList<>();

  void add(int seed, Outcome outcome, long kib) {
    peakKib = Math.max(peakKib, kib);
    if (outcome instanceof Outcome.Violation violation) {
      violations.add(new Found(seed, violation));
    } else if (outcome instanceof Outcome.Accepted) {
      accepted++;
    } else {
      refused++;
    }
  }

  int cases() {
    return accepted + refused + violations.size();
  }

  int accepted() {
    return accepted;
  }

  int refused() {
    return refused;
  }

  List<Found> violations() {
    return List.copyOf(violations);
  }

  /** The largest size of a process in MiB. */
  long peakMib() {
    return peakKib / 1024;
  }
}
