package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The checks of the data gate. */
final class GateSection {
  private GateSection() {}

  /** A check with its place among all of them. */
  private record Check(int number, StoredRow row) {
    String text(String column) {
      return row.text(column).orElse("");
    }

    boolean passed() {
      return row.isTrue("passed");
    }

    String refusal(int all) {
      return "Check %s of %s (%s%s%s) refused the data: expected %s, found %s."
          .formatted(
              number,
              all,
              text("check"),
              row.text("column").map(column -> " of " + column).orElse(""),
              text("data").equals("new") ? " in the new data" : "",
              text("expected"),
              text("found"));
    }
  }

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> rows = run.table("gate");
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Check> checks =
        IntStream.range(0, rows.size()).mapToObj(i -> new Check(i + 1, rows.get(i))).toList();
    List<Block> blocks = new ArrayList<>();
    checks.stream()
        .filter(check -> !check.passed())
        .forEach(check -> blocks.add(new Block.Prose(check.refusal(checks.size()), true)));
    if (blocks.isEmpty()) {
      blocks.add(new Block.Prose("The data passed " + checks.size() + " checks."));
    }
    blocks.add(
        new Table.Columns<Check>()
            .number("", check -> Integer.toString(check.number()))
            .text("result", check -> check.passed() ? "passed" : "refused")
            .text("check", check -> check.text("check"))
            .text("data", check -> check.text("data"))
            .text("column", check -> check.text("column"))
            .text("expected", check -> check.text("expected"))
            .text("found", check -> check.text("found"))
            .of("Checks of the data", checks));
    return blocks;
  }
}
