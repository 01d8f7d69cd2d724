package io.meanfield.pipeline.page;

import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of the versions of a model, with all their metrics. */
record VersionTable(History history) {
  DataTable of(List<ModelVersion> versions) {
    List<ShownMetric> metrics =
        versions.stream()
            .flatMap(version -> version.metrics().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(ShownMetric::new)
            .toList();
    List<ModelVersion> newestFirst = new ArrayList<>(versions);
    Collections.reverse(newestFirst);
    return new DataTable(
        "Versions, newest first",
        Stream.concat(
                Stream.of("version", "name in commands", "aliases", "created", "run")
                    .map(Column::text),
                metrics.stream().map(metric -> Column.number(metric.label())))
            .toList(),
        newestFirst.stream().map(version -> row(version, metrics)).toList());
  }

  private List<Cell> row(ModelVersion version, List<ShownMetric> metrics) {
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.of("version " + version.number()),
                Cell.of(version.name().toString()),
                Cell.of(String.join(", ", history.aliases(version.number()))),
                Cell.of(version.created()),
                Cell.of(version.runId())));
    metrics.forEach(metric -> cells.add(metric.cell(Optional.of(version))));
    return cells;
  }
}
