package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rows that the model predicts worst, with the values of the most important columns. */
final class WorstSection {
  private static final int MOST_COLUMNS = 8;

  private WorstSection() {}

  /**
   * A row of the data.
   *
   * @param first one of its rows in the table
   * @param values by column
   */
  private record Worst(StoredRow first, Map<String, String> values) {
    String text(String column) {
      return first.text(column).orElse("");
    }

    /** Returns a number for people, or a class. */
    String prediction(String column) {
      String text = text(column);
      return first.values().containsKey("column") && isNumber(text)
          ? new ShownMetric("rmse").text(Double.parseDouble(text))
          : text;
    }

    private static boolean isNumber(String text) {
      return text.matches("-?[0-9]+(\\.[0-9]+)?");
    }
  }

  static List<Block> blocks(RunRecord run) {
    List<Worst> rows = rows(run.table("worst_rows"));
    if (rows.isEmpty()) {
      return List.of();
    }
    boolean isRegression = run.table("evaluation_by_class").isEmpty();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Prose(
            isRegression
                ? "The rows with the largest errors: mistakes in the data are often among them."
                : "The wrong predictions of which the model is most sure: mistakes in the data are"
                    + " often among them."));
    blocks.add(table(rows, isRegression, columns(run, rows)));
    return blocks;
  }

  private static List<Worst> rows(List<StoredRow> stored) {
    Map<Integer, Worst> rows = new TreeMap<>();
    for (StoredRow row : stored) {
      rows.computeIfAbsent(
              RunRecord.integer(row, "rank"), rank -> new Worst(row, new LinkedHashMap<>()))
          .values()
          .put(row.text("column").orElse(""), row.text("value").orElse(""));
    }
    return List.copyOf(rows.values());
  }

  private static List<String> columns(RunRecord run, List<Worst> rows) {
    Stream<String> important =
        run.table("importance").stream()
            .sorted(Comparator.comparingDouble(row -> -RunRecord.number(row, "loss_increase", 0)))
            .flatMap(row -> row.text("column").stream());
    return Stream.concat(important, rows.get(0).values().keySet().stream())
        .distinct()
        .filter(rows.get(0).values()::containsKey)
        .limit(MOST_COLUMNS)
        .toList();
  }

  private static Table table(List<Worst> rows, boolean isRegression, List<String> columns) {
    Table.Columns<Worst> table = new Table.Columns<>();
    Optional<String> key = rows.get(0).first().text("example_key");
    if (key.isPresent()) {
      table.text("id", row -> row.text("example_key"));
    }
    if (isRegression) {
      table
          .number("actual", row -> row.prediction("actual"))
          .number("predicted", row -> row.prediction("predicted"))
          .number(
              "error",
              row ->
                  new ShownMetric("rmse").text(RunRecord.number(row.first(), "size", Double.NaN)));
    } else {
      table
          .text("actual", row -> row.text("actual"))
          .text("predicted", row -> row.text("predicted"))
          .number("probability", row -> RunRecord.decimals(row.first(), "size", 3));
    }
    columns.forEach(column -> table.text(column, row -> shown(row.values().get(column))));
    return table.of("The " + rows.size() + " rows that the model predicts worst", rows);
  }

  private static String shown(String value) {
    return value == null || value.isEmpty() ? "missing" : value;
  }
}
