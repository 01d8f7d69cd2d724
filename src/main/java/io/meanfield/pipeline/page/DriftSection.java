package io.meanfield.pipeline.page;

import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How far each column is from the champion's training data, the largest drift first. */
final class DriftSection {
  private static final int MOST_CHARTS = 12;
  private static final int DECIMALS = 2;
  private static final String NEW = "new";
  private static final String ALL = "all";

  /**
   * A column with its bins.
   *
   * @param fresh the bins of the new data; none if they are not judged apart
   * @param all the bins of all data
   */
  private record Column(String name, List<StoredRow> fresh, List<StoredRow> all) {
    /** Returns the bins of the data that are most like this night alone. */
    List<StoredRow> night() {
      return fresh.isEmpty() ? all : fresh;
    }

    double index() {
      return RunRecord.number(night().get(0), "psi", 0);
    }

    static String indexOf(List<StoredRow> bins) {
      return bins.isEmpty() ? "" : RunRecord.decimals(bins.get(0), "psi", DECIMALS);
    }

    static String boundOf(List<StoredRow> bins) {
      return bins.isEmpty()
          ? ""
          : ReadableNumber.rounded(RunRecord.number(bins.get(0), "bound", Double.NaN));
    }

    boolean drifted() {
      return index() > RunRecord.number(night().get(0), "bound", Double.POSITIVE_INFINITY);
    }
  }

  private DriftSection() {}

  static List<Block> blocks(RunRecord run) {
    List<Column> columns = columns(run.table("drift"));
    if (columns.isEmpty()) {
      return List.of();
    }
    boolean apart = columns.stream().anyMatch(column -> !column.fresh().isEmpty());
    String night = apart ? "new data" : "this night";
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            "The population stability index says how far the distribution of a column is from the"
                + " champion's training data. Distributions are usually called similar below 0.1"
                + " and different above 0.25; by chance, few values have a large index."));
    Table.Columns<Column> table = new Table.Columns<Column>().text("column", Column::name);
    if (apart) {
      table
          .number("index of the new data", column -> Column.indexOf(column.fresh()))
          .number("bound", column -> Column.boundOf(column.fresh()));
    }
    blocks.add(
        table
            .number("index of all data", column -> Column.indexOf(column.all()))
            .number("bound", column -> Column.boundOf(column.all()))
            .of("Drift of the columns", columns));
    columns.stream().limit(MOST_CHARTS).map(column -> chart(column, night)).forEach(blocks::add);
    return blocks;
  }

  private static List<Column> columns(List<StoredRow> rows) {
    Map<String, List<StoredRow>> byColumn =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.text("column").orElse(""), LinkedHashMap::new, Collectors.toList()));
    return byColumn.entrySet().stream()
        .map(
            column ->
                new Column(column.getKey(), of(column.getValue(), NEW), of(column.getValue(), ALL)))
        .sorted(Comparator.comparingDouble(Column::index).reversed())
        .toList();
  }

  private static List<StoredRow> of(List<StoredRow> rows, String data) {
    return rows.stream().filter(row -> row.text("data").equals(Optional.of(data))).toList();
  }

  private static Block chart(Column column, String night) {
    double champions = total(column.night(), "champion");
    double found = total(column.night(), "found");
    // Below and above the champion's values is a bin that is empty unless there are others now.
    List<StoredRow> bins =
        column.night().stream()
            .filter(
                bin ->
                    RunRecord.number(bin, "champion", 0) > 0
                        || RunRecord.number(bin, "found", 0) > 0)
            .toList();
    return Chart.bars(
        Chart.Kind.BARS,
        "%s: index %s, %s the bound of %s"
            .formatted(
                column.name(),
                Column.indexOf(column.night()),
                column.drifted() ? "above" : "within",
                Column.boundOf(column.night())),
        bins.stream().map(bin -> bin.text("values").orElse("")).toList(),
        "share of the values",
        List.of(
            Chart.bars("champion's data", shares(bins, "champion", champions)),
            Chart.bars(night, shares(bins, "found", found))));
  }

  private static double total(List<StoredRow> bins, String column) {
    return bins.stream().mapToDouble(bin -> RunRecord.number(bin, column, 0)).sum();
  }

  private static double[] shares(List<StoredRow> bins, String column, double total) {
    return bins.stream()
        .mapToDouble(bin -> RunRecord.number(bin, column, 0) / Math.max(1, total))
        .toArray();
  }
}
