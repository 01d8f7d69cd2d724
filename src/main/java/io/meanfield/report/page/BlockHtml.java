package io.meanfield.report.page;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Appends the blocks of a section. */
final class BlockHtml {
  private final Html html;
  private final TableHtml tables;
  private final ChartHtml charts;
  private final Map<Class<? extends Block>, Consumer<Block>> writers = new LinkedHashMap<>();

  BlockHtml(Html html, Charts charts) {
    this.html = html;
    this.tables = new TableHtml(html);
    this.charts = new ChartHtml(html, charts, tables);
    register(Paragraph.class, this::paragraph);
    register(Hint.class, this::hint);
    register(Facts.class, facts -> FactHtml.list(facts.facts(), "block boxed facts", html));
    register(DataTable.class, this::table);
    register(LineChart.class, this.charts::line);
    register(BarChart.class, this.charts::bars);
    register(ScatterChart.class, this.charts::points);
    register(HeatMap.class, heatMap -> new HeatMapHtml(heatMap, html).append());
    register(Gallery.class, this::gallery);
    register(Cards.class, this::cards);
  }

  private <T extends Block> void register(Class<T> type, Consumer<T> writer) {
    writers.put(type, block -> writer.accept(type.cast(block)));
  }

  void append(Block block) {
    writers.get(block.getClass()).accept(block);
    html.newline();
  }

  private void paragraph(Paragraph paragraph) {
    html.open("p", "class", "block").prose(paragraph.text()).close("p");
  }

  private void hint(Hint hint) {
    html.open("p", "class", "block hint", "role", "note").prose(hint.text()).close("p");
  }

  private void table(DataTable table) {
    html.open("div", "class", "block boxed table");
    html.element("p", table.caption(), "class", "caption", "aria-hidden", "true");
    tables.append(table);
    html.close("div");
  }

  private void gallery(Gallery gallery) {
    html.open("figure", "class", "block boxed gallery");
    html.element("figcaption", gallery.caption()).open("ul");
    gallery.pictures().forEach(this::picture);
    html.close("ul").close("figure");
  }

  private void picture(Picture picture) {
    String source = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png());
    html.open("li").open("img", "src", source, "alt", picture.alternative());
    if (!picture.caption().isBlank()) {
      html.element("span", picture.caption());
    }
    html.close("li");
  }

  private void cards(Cards cards) {
    html.open("div", "class", "block cards");
    html.element("p", cards.caption(), "class", "caption").open("ul");
    for (Card card : cards.cards()) {
      html.open("li", "class", "card boxed").element("h3", card.title());
      FactHtml.list(card.facts(), "", html);
      html.close("li");
    }
    html.close("ul").close("div");
  }
}
