package io.meanfield.pipeline.page;

import io.meanfield.registry.Change;
import io.meanfield.registry.History;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.report.page.Cell;
import io.meanfield.report.page.Column;
import io.meanfield.report.page.DataTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of the changes of a model.
 *
 * @param versions those that are not pruned, by number
 * @param metric of the champions before and after a change; without one there are no such columns
 */
record ChangeTable(Map<Integer, ModelVersion> versions, Optional<ShownMetric> metric) {
  DataTable of(History history) {
    List<Column> columns =
        new ArrayList<>(List.of(Column.text("time"), Column.text("change"), Column.text("reason")));
    metric
        .map(ShownMetric::label)
        .ifPresent(
            label -> {
              columns.add(Column.number(label));
              columns.add(Column.number("before"));
            });
    columns.addAll(List.of(Column.text("by"), Column.text("run")));
    List<HistoryEntry> newestFirst = new ArrayList<>(history.entries());
    Collections.reverse(newestFirst);
    return new DataTable(
        "Changes, newest first", columns, newestFirst.stream().map(this::row).toList());
  }

  private List<Cell> row(HistoryEntry entry) {
    Change change = entry.change();
    List<Cell> cells =
        new ArrayList<>(
            List.of(
                Cell.of(entry.time()),
                Cell.of(ChangeText.of(change)),
                Cell.of(ChangeText.reason(entry.cause()))));
    metric.ifPresent(
        shown -> {
          cells.add(shown.cell(champion(change).flatMap(this::version)));
          cells.add(shown.cell(change.comparedWith().flatMap(this::version)));
        });
    cells.add(Cell.of(entry.cause().actor()));
    cells.add(Cell.of(entry.cause().runId().orElse("")));
    return cells;
  }

  private static Optional<Integer> champion(Change change) {
    return ModelPage.makesChampion(change)
        ? change.versions().stream().findFirst()
        : Optional.empty();
  }

  private Optional<ModelVersion> version(int number) {
    return Optional.ofNullable(versions.get(number));
  }
}
