package io.meanfield.pipeline.page;

import io.meanfield.evaluate.inspection.CurveKind;
import io.meanfield.store.StoredRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table {@code curves} of a run. */
record Curves(List<StoredRow> rows) {
  static Curves of(RunRecord run) {
    return new Curves(run.table("curves"));
  }

  boolean has(CurveKind kind) {
    return !of(kind).isEmpty();
  }

  /** Returns the points of a kind, in their order. */
  List<StoredRow> of(CurveKind kind) {
    return rows.stream().filter(row -> row.text("kind").orElse("").equals(kind.id())).toList();
  }

  /** Returns the points of a kind by label, whose text decides about the order. */
  Map<String, List<StoredRow>> byLabel(CurveKind kind) {
    return of(kind).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.text("label").orElse(""), TreeMap::new, Collectors.toList()));
  }
}
