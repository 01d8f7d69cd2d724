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
        new Block.Prose(name + " `" + name + "`"),
        new Block.Prose(name, true),
        new Block.Facts(List.of(new Fact(name, name))),
        new Table.Columns<String>().text(name, text -> text).of(name, List.of(name)));
  }

  private static List<Block> charts() {
    List<Chart.Series> series =
        NAMES.stream().map(name -> new Chart.Series(name, VALUES, VALUES)).toList();
    return List.of(
        Chart.lines(
            MARKUP,
            MARKUP,
            MARKUP,
            series,
            NAMES.stream()
                .map(name -> new Chart.Marker(name.length() % VALUES.length, name))
                .toList()),
        Chart.bars(
            Chart.Kind.BARS,
            MARKUP,
            NAMES,
            MARKUP,
            NAMES.stream().map(name -> Chart.bars(name, VALUES)).toList()),
        new Chart(Chart.Kind.POINTS, MARKUP, MARKUP, MARKUP, List.of(), series, List.of()),
        new Block.Confusion(MARKUP, NAMES, new long[NAMES.size()][NAMES.size()]));
  }

  private static double[] values() {
    double[] values = new double[NAMES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return values;
  }
}
