package io.meanfield.doctor;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The findings of all checks, ordered by check; equal findings of several processes are one. */
public record Diagnosis(List<Finding> findings) {
  /** Returns a diagnosis of findings in any order. */
  public static Diagnosis of(List<Finding> found) {
    Map<Finding, Set<String>> processes = new LinkedHashMap<>();
    found.forEach(
        each ->
            processes
                .computeIfAbsent(each.at(List.of()), finding -> new LinkedHashSet<>())
                .addAll(each.where()));
    List<String> checks = found.stream().map(Finding::check).distinct().toList();
    return new Diagnosis(
        processes.entrySet().stream()
            .map(finding -> finding.getKey().at(List.copyOf(finding.getValue())))
            .sorted(Comparator.comparingInt(finding -> checks.indexOf(finding.check())))
            .toList());
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
