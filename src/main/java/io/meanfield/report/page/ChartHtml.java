package io.meanfield.report.page;

import java.util.List;

/** Charts as figures: the caption, the place where the script draws, the table of the numbers. */
final class ChartHtml {
  private final Html html;
  private final Charts charts;
  private final TableHtml tables;

  ChartHtml(Html html, Charts charts, TableHtml tables) {
    this.html = html;
    this.charts = charts;
    this.tables = tables;
  }

  void line(LineChart chart) {
    figure(chart, chart.caption(), ChartSummary.of(chart), ChartTable.of(chart));
  }

  void bars(BarChart chart) {
    figure(chart, chart.caption(), ChartSummary.of(chart), ChartTable.of(chart));
  }

  void points(ScatterChart chart) {
    figure(chart, chart.caption(), ChartSummary.of(chart), ChartTable.of(chart));
  }

  private void figure(Block chart, String caption, List<String> summary, DataTable table) {
    html.open("figure", "class", "block boxed chart").element("figcaption", caption);
    String id = charts.add(chart);
    html.open(
        "div", "class", "plot", "id", id, "role", "img", "aria-label", String.join(" ", summary));
    html.close("div").newline();
    html.open("details").element("summary", "Numbers of this chart").newline();
    tables.append(table);
    html.close("details").close("figure");
  }
}
