package io.meanfield.report.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * Tables that scroll inside their box. A rounded number keeps its exact value in a data element, a
 * time in a time element.
 */
final class TableHtml {
  private final Html html;

  TableHtml(Html html) {
    this.html = html;
  }

  void append(DataTable table) {
    // A box that scrolls is reached by keyboard, so it needs a name.
    html.open(
        "div", "class", "scroll", "role", "group", "tabindex", "0", "aria-label", table.caption());
    html.open("table").element("caption", table.caption(), "class", "hidden").newline();
    html.open("thead").open("tr");
    for (Column column : table.columns()) {
      html.element("th", column.name(), "scope", "col", "class", style(column));
    }
    html.close("tr").close("thead").newline().open("tbody").newline();
    table.rows().forEach(row -> row(row, table.columns()));
    if (table.rows().isEmpty()) {
      String width = Integer.toString(table.columns().size());
      html.open("tr").element("td", "no rows", "class", "nothing", "colspan", width).close("tr");
    }
    html.close("tbody").close("table").close("div");
  }

  private void row(List<Cell> row, List<Column> columns) {
    html.open("tr");
    for (int i = 0; i < row.size(); i++) {
      if (columns.get(i).align() == Column.Align.RIGHT) {
        html.open("td", "class", "right");
      } else {
        html.open("td");
      }
      cell(row.get(i));
      html.close("td");
    }
    html.close("tr").newline();
  }

  private void cell(Cell cell) {
    if (cell instanceof Cell.Text text) {
      html.text(text.text());
    } else if (cell instanceof Cell.Number number) {
      number(number);
    } else if (cell instanceof Cell.Time time) {
      html.element("time", UtcTime.of(time.time()), "datetime", time.time().toString());
    }
  }

  void number(Cell.Number number) {
    String shown = String.format(Locale.ROOT, "%,." + number.digits() + "f", number.value());
    String exact = exact(number.value());
    if (shown.equals(exact)) {
      html.text(shown);
    } else {
      html.element("data", shown, "value", exact);
    }
  }

  private static String exact(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? BigDecimal.valueOf(value).toBigInteger().toString() : Double.toString(value);
  }

  private static String style(Column column) {
    return column.align() == Column.Align.RIGHT ? "right" : "left";
  }
}
