package io.meanfield.report.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a page as one HTML file in UTF-8. The file holds its style, its scripts and its pictures;
 * it refers to no other file and no host, and its content security policy forbids both.
 */
public final class PageWriter {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

  private PageWriter() {}

  /** Writes the page; the stream stays open. */
  public static void write(Page page, OutputStream out) throws IOException {
    out.write(text(page).getBytes(StandardCharsets.UTF_8));
  }

  static String text(Page page) {
    Charts charts = new Charts();
    String sections = sections(page, charts);
    String script = PageResource.CHARTS + PageResource.PAGE_SCRIPT;
    Map<String, String> values =
        Map.of(
            "policy", policy(List.of(PageResource.ECHARTS, script)),
            "title", Html.escaped(page.title()),
            "style", PageResource.STYLE,
            "header", header(page),
            "navigation", navigation(page),
            "sections", sections,
            "charts", charts.json(),
            "echarts", PageResource.ECHARTS,
            "script", script);
    // One pass, so that text of the page that looks like a place of the template stays as it is.
    return PLACE
        .matcher(PageResource.TEMPLATE)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))));
  }

  // Content Security Policy Level 3 of the W3C: only these scripts and this style run.
  private static String policy(List<String> scripts) {
    String hashes = scripts.stream().map(PageResource::hash).collect(Collectors.joining(" "));
    return "default-src 'none'; script-src "
        + hashes
        + "; style-src "
        + PageResource.hash(PageResource.STYLE)
        + "; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String header(Page page) {
    Html html = new Html();
    if (!page.subtitle().isBlank()) {
      html.element("p", page.subtitle(), "class", "subtitle");
    }
    if (!page.facts().isEmpty()) {
      FactHtml.list(page.facts(), "key-facts", html);
    }
    return html.toString();
  }

  private static String navigation(Page page) {
    Html html = new Html();
    for (Section section : page.sections()) {
      html.open("li").element("a", section.title(), "href", "#" + section.id()).close("li");
    }
    return html.toString();
  }

  private static String sections(Page page, Charts charts) {
    Html html = new Html();
    BlockHtml blocks = new BlockHtml(html, charts);
    for (Section section : page.sections()) {
      String heading = "title-of-" + section.id();
      html.open("section", "id", section.id(), "aria-labelledby", heading).newline();
      html.element("h2", section.title(), "id", heading).newline();
      html.open("div", "class", "blocks").newline();
      section.blocks().forEach(blocks::append);
      html.close("div").close("section").newline();
    }
    return html.toString();
  }
}
