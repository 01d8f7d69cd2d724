package io.meanfield.report.page;

import java.util.List;

/** Facts as a description list. */
final class FactHtml {
  private FactHtml() {}

  static void list(List<Fact> facts, String style, Html html) {
    html.open("dl", "class", style);
    for (Fact fact : facts) {
      boolean strong = fact.emphasis() == Fact.Emphasis.STRONG;
      html.open("div", strong ? new String[] {"class", "strong"} : new String[0]);
      html.element("dt", fact.name()).element("dd", fact.value()).close("div");
    }
    html.close("dl").newline();
  }
}
