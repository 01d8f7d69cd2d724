package io.meanfield.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The findings of all checks, ordered by check; equal findings of several processes are one. */
public record Diagnosis(List<Finding> findings) {
  /** Returns a diagnosis of findings in any order. */
  public static Diagnosis of(List<Finding> found) {
    List<Finding> merged = new ArrayList<>();
    for (String check : found.stream().map(Finding::check).distinct().toList()) {
      List<Finding> ofCheck = new ArrayList<>();
      found.stream().filter(each -> each.check().equals(check)).forEach(each -> add(ofCheck, each));
      merged.addAll(ofCheck);
    }
    return new Diagnosis(List.copyOf(merged));
  }

  private static void add(List<Finding> merged, Finding added) {
    for (int i = 0; i < merged.size(); i++) {
      if (merged.get(i).sameApartFromWhere(added)) {
        merged.set(i, merged.get(i).alsoAt(added));
        return;
      }
    }
    merged.add(added);
  }

  /** Returns whether no job would fail because of the findings. */
  public boolean isHealthy() {
    return failures() == 0;
  }

  /** Returns the number of findings because of which jobs would fail. */
  public long failures() {
    return findings.stream().filter(each -> each.result() == Finding.Result.FAILED).count();
  }

  /**
   * Returns what was found with this result, where, and the remedy: a sentence for each finding.
   */
  List<String> sentences(Finding.Result result) {
    return findings.stream()
        .filter(each -> each.result() == result)
        .map(Finding::sentence)
        .toList();
  }

  /** Returns a line for each finding, for people. */
  public List<String> lines() {
    return findings.stream()
        .map(
            finding ->
                String.format(
                    "%-8s %-18s %s",
                    finding.result().name().toLowerCase(Locale.ROOT),
                    finding.check(),
                    finding.sentence()))
        .toList();
  }
}
