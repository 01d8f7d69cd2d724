package io.meanfield.report.page;

import java.util.Arrays;

/** A heat map as a table whose cells have colors; so its numbers are readable, too. */
final class HeatMapHtml {
  private static final int LEVELS = 9;
  private static final int NARROW = 6; // columns that fit beside another block
  private static final int SHORT_NAME = 4; // letters that fit above a cell

  private final HeatMap heatMap;
  private final Html html;
  private final double largest;
  private final int digits;
  private final boolean square;

  HeatMapHtml(HeatMap heatMap, Html html) {
    this.heatMap = heatMap;
    this.html = html;
    double[] all = Arrays.stream(heatMap.values()).flatMapToDouble(Arrays::stream).toArray();
    this.largest = Arrays.stream(all).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    this.digits = Math.min(3, Decimals.of(all));
    this.square = heatMap.rows().equals(heatMap.columns());
  }

  void append() {
    boolean many = heatMap.columns().size() > NARROW;
    html.open("figure", "class", "block boxed heat-map" + (many ? " many" : ""));
    html.element("figcaption", heatMap.caption());
    html.open(
        "div",
        "class",
        "scroll",
        "role",
        "region",
        "tabindex",
        "0",
        "aria-label",
        heatMap.caption());
    boolean upright = heatMap.columns().stream().anyMatch(name -> name.length() > SHORT_NAME);
    html.open("table", "class", upright ? "upright" : "flat");
    html.element("caption", heatMap.caption(), "class", "hidden").newline();
    head();
    html.open("tbody").newline();
    for (int row = 0; row < heatMap.rows().size(); row++) {
      row(row);
    }
    html.close("tbody").close("table").close("div").close("figure");
  }

  private void head() {
    String width = Integer.toString(heatMap.columns().size());
    html.open("thead").open("tr").open("td", "colspan", "2", "rowspan", "2").close("td");
    html.element(
        "th", heatMap.columnTitle(), "class", "title", "scope", "colgroup", "colspan", width);
    html.close("tr").open("tr");
    heatMap.columns().forEach(name -> name(name, "col"));
    html.close("tr").close("thead").newline();
  }

  private void row(int row) {
    html.open("tr");
    if (row == 0) {
      String height = Integer.toString(heatMap.rows().size());
      html.open("th", "class", "title", "scope", "rowgroup", "rowspan", height);
      html.element("span", heatMap.rowTitle(), "class", "side").close("th");
    }
    name(heatMap.rows().get(row), "row");
    for (int column = 0; column < heatMap.columns().size(); column++) {
      cell(heatMap.values()[row][column], square && row == column);
    }
    html.close("tr").newline();
  }

  // A long name is cut by the style sheet; its title shows all of it.
  private void name(String name, String scope) {
    html.open("th", "scope", scope, "class", scope);
    html.element("span", name, "class", "name", "title", name).close("th");
  }

  private void cell(double value, boolean same) {
    if (!Double.isFinite(value)) {
      html.open("td").close("td");
      return;
    }
    String style = "l" + level(value) + (value < 0 ? " below" : "") + (same ? " same" : "");
    html.open("td", "class", style);
    new TableHtml(html).number(new Cell.Number(value, digits));
    html.close("td");
  }

  // The square root shows the few errors beside the many right answers of a confusion matrix.
  private int level(double value) {
    return value == 0
        ? 0
        : Math.max(1, (int) Math.ceil(LEVELS * Math.sqrt(Math.abs(value) / largest)));
  }
}
