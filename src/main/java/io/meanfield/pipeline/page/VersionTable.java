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
import java.util.stream.Stream;

/**
 * The table of the versions of a model, with all their metrics.
 *
 * @param main the metric that stands first
 */
record VersionTable(History history, Optional<ShownMetric> main) {
  DataTable of(List<ModelVersion> versions) {
    List<ShownMetric> metrics = metrics(versions);
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.number("version"),
                Column.text("name in commands"),
                Column.text("aliases"),
                Column.text("created")));
    metrics.forEach(metric -> columns.add(Column.number(metric.label())));
    columns.add(Column.text("run"));
    List<ModelVersion> newestFirst = new ArrayList<>(versions);
    Collections.reverse(newestFirst);
    return new DataTable(
        "Versions, newest first",
        columns,
        newestFirst.stream().map(version -> row(version, metrics)).toList());
  }

  private List<ShownMetric> metrics(List<ModelVersion> versions) {
    Stream<ShownMetric> all =
        versions.stream()
            .flatMap(version -> version.metrics().keySet().stream())
            .sorted()
            .map(ShownMetric::new);
    return Stream.concat(main.stream(), all).distinct().toList();
  }

  private List<Cell> row(ModelVersion version, List<ShownMetric> metrics) {
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.of(version.number(), 0),
                Cell.of(version.name().toString()),
                Cell.of(String.join(", ", history.aliases(version.number()))),
                Cell.of(version.created())));
    metrics.forEach(metric -> cells.add(metric.cell(Optional.of(version))));
    cells.add(Cell.of(version.runId()));
    return cells;
  }
}
