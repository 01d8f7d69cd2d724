package io.meanfield.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A page all of whose text tries to leave its place: markup, quotes, control characters, other
 * scripts.
 */
final class HostilePage {
  /** Sets a variable of the window if it runs. */
  static final String MARKUP = "</script></style><img src=x onerror=\"window.hacked=true\">";

  static final List<String> NAMES =
      List.of(
          MARKUP,
          "<script>window.hacked=true</script>",
          "\" onmouseover=\"window.hacked=true\" '",
          "javascript:window.hacked=true //",
          "{{script}} ${1} $0 \\1 {a|b} {b}",
          "&lt;b&gt; &amp; <!-- ]]>",
          "lines\u2028and\u2029paragraphs\nand\ttabs",
          "\u202eright to left\u202c עברית العربية",
          "emoji 👩‍🔬🏳️‍🌈 and a lone surrogate \ud83d",
          "control \u0000\u0007\u001b[31m\u0085 characters",
          "__proto__ constructor toString",
          "a very long name ".repeat(40),
          "x".repeat(600));

  private static final double[] VALUES = values();

  private HostilePage() {}

  static Page page() {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      sections.add(new Section("section-" + i, NAMES.get(i), blocksOf(NAMES.get(i))));
    }
    sections.add(new Section("all", "All names", charts()));
    return new Page(MARKUP, MARKUP, List.of(Fact.strong(MARKUP, MARKUP)), sections);
  }

  private static List<Block> blocksOf(String name) {
    return List.of(
        new Paragraph(name + " `" + name + "`"),
        new Hint(name),
        new Facts(List.of(new Fact(name, name))),
        new DataTable(name, List.of(Column.text(name)), List.of(List.of(Cell.of(name)))),
        new Cards(name, List.of(new Card(name, List.of(Fact.strong(name, name))))),
        new Gallery(name, List.of(new Picture(DrawnDigit.png(3), name, name))));
  }

  private static List<Block> charts() {
    Axis axis = Axis.linear(MARKUP);
    double[][] square = NAMES.stream().map(name -> VALUES).toArray(double[][]::new);
    return List.of(
        new LineChart(
            MARKUP,
            axis,
            axis,
            NAMES.stream().map(name -> new Series(name, VALUES, VALUES)).toList(),
            NAMES.stream().map(name -> new Marker(name.length() % VALUES.length, name)).toList()),
        new BarChart(
            MARKUP,
            NAMES,
            axis,
            NAMES.stream().map(name -> new BarSeries(name, VALUES)).toList(),
            BarChart.Arrangement.GROUPED),
        new ScatterChart(
            MARKUP,
            axis,
            axis,
            NAMES.stream().map(name -> new PointSeries(name, VALUES, VALUES, NAMES)).toList()),
        new HeatMap(MARKUP, NAMES, NAMES, square, MARKUP, MARKUP));
  }

  private static double[] values() {
    double[] values = new double[NAMES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return values;
  }
}
