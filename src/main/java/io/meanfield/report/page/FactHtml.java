package io.meanfield.report.page;

import java.util.List;

/** Facts as a description list. */
final class FactHtml {
  private FactHtml() {}

  static void list(List<Fact> facts, String style, Html html) {
    html.open("dl", "class", style);
    for (Fact fact : facts) {
      html.open("div", attributes(fact.emphasis()));
      html.element("dt", fact.name()).element("dd", fact.value()).close("div");
    }
    html.close("dl").newline();
  }

  private static String[] attributes(Fact.Emphasis emphasis) {
    return switch (emphasis) {
      case NORMAL -> new String[0];
      case STRONG -> new String[] {"class", "strong"};
      case WARNING -> new String[] {"class", "warning"};
    };
  }
}
