package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Fact;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many rows were used, and what the columns of a table are for, and why. */
final class ColumnsSection {
  private static final String IMAGES = "idx";
  private static final String LEFT_OUT = "left out";
  private static final int MOST_COLUMNS = 5;
  private static final int MOST_LISTED = 1_000; // rows of table skipped_rows

  private ColumnsSection() {}

  static List<Block> blocks(RunRecord run) {
    List<Block> blocks = new ArrayList<>();
    if (run.manifest().string("settings.data.format").filter(IMAGES::equals).isPresent()) {
      return blocks;
    }
    List<Fact> rows = rows(run);
    if (!rows.isEmpty()) {
      blocks.add(new Block.Facts(rows));
    }
    List<StoredRow> columns = run.table("columns");
    if (!columns.isEmpty()) {
      blocks.add(table("Columns that the network uses", columns, false));
      if (columns.stream().anyMatch(ColumnsSection::isLeftOut)) {
        blocks.add(table("Columns that are left out", columns, true));
      }
    }
    return blocks;
  }

  private static Table table(String caption, List<StoredRow> columns, boolean leftOut) {
    Table.Columns<StoredRow> table =
        new Table.Columns<StoredRow>().text("column", row -> row.text("column").orElse(""));
    if (!leftOut) {
      table.text("use", row -> row.text("role").orElse(""));
    }
    table.text(leftOut ? "reason" : "values", row -> row.text("reason").orElse(""));
    if (columns.stream().anyMatch(row -> RunRecord.integer(row, "wrong") > 0) && !leftOut) {
      table.number("wrong values", row -> count(RunRecord.integer(row, "wrong")));
    }
    List<StoredRow> rows = columns.stream().filter(row -> isLeftOut(row) == leftOut).toList();
    return table.of(caption + ": " + count(rows.size()), rows);
  }

  private static boolean isLeftOut(StoredRow row) {
    return row.text("role").filter(LEFT_OUT::equals).isPresent();
  }

  private static List<Fact> rows(RunRecord run) {
    List<Fact> facts = new ArrayList<>();
    Map<String, String> names = new LinkedHashMap<>();
    names.put("data.train.examples", "rows used");
    names.put("data.train.training", "rows to learn from");
    names.put("data.train.validation", "rows for validation");
    names.put("data.train.test", "rows set aside for tests");
    names.put("data.test.examples", "rows of the test set");
    Config json = run.manifest().json();
    names.forEach(
        (key, name) -> {
          if (json.hasPath(key)) {
            facts.add(new Fact(name, count(json.getLong(key))));
          }
        });
    skipped(run.table("skipped_rows"), facts);
    return facts;
  }

  private static void skipped(List<StoredRow> rows, List<Fact> facts) {
    if (rows.isEmpty()) {
      return;
    }
    // The table lists no more, so the counts of columns are those of the first rows.
    boolean isCut = rows.size() >= MOST_LISTED;
    String shown = count(rows.size());
    facts.add(Fact.warning("rows skipped", isCut ? shown + " or more" : shown));
    String prefix = isCut ? "of the first " + shown + ": " : "skipped: ";
    Map<String, Long> columns = new LinkedHashMap<>();
    rows.forEach(row -> columns.merge(reason(row), 1L, Long::sum));
    columns.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(MOST_COLUMNS)
        .forEach(column -> facts.add(new Fact(prefix + column.getKey(), count(column.getValue()))));
  }

  private static String reason(StoredRow row) {
    return row.text("column")
        .map(column -> column + (row.text("value").isPresent() ? " is wrong" : " is missing"))
        .orElse("the number of fields is wrong");
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
