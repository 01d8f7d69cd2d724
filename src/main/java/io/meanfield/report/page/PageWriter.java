package io.meanfield.report.page;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    write(page, text);
    text.flush();
  }

  /** Writes the page part by part, so that memory holds one chart, table or gallery at a time. */
  static void write(Page page, Appendable out) throws IOException {
    Charts charts = new Charts();
    Matcher place = PLACE.matcher(PageResource.TEMPLATE);
    int end = 0;
    while (place.find()) {
      out.append(PageResource.TEMPLATE, end, place.start());
      fill(place.group(1), page, charts, out);
      end = place.end();
    }
    out.append(PageResource.TEMPLATE, end, PageResource.TEMPLATE.length());
  }

  // The sections find the charts, whose place is behind theirs.
  private static void fill(String place, Page page, Charts charts, Appendable out)
      throws IOException {
    switch (place) {
      case "policy" -> out.append(policy(List.of(PageResource.ECHARTS, PageResource.SCRIPT)));
      case "title" -> out.append(Html.escaped(page.title()));
      case "style" -> out.append(PageResource.STYLE);
      case "header" -> out.append(header(page));
      case "navigation" -> out.append(navigation(page));
      case "sections" -> sections(page, charts, out);
      case "charts" -> charts.write(out);
      case "echarts" -> out.append(PageResource.ECHARTS);
      case "script" -> out.append(PageResource.SCRIPT);
      default -> throw new IllegalStateException("the template has an unknown place " + place);
    }
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

  private static void sections(Page page, Charts charts, Appendable out) throws IOException {
    for (Section section : page.sections()) {
      String heading = "title-of-" + section.id();
      Html html = new Html();
      html.open("section", "id", section.id(), "aria-labelledby", heading).newline();
      html.element("h2", section.title(), "id", heading).newline();
      html.open("div", "class", "blocks").newline();
      out.append(html.toString());
      for (Block block : section.blocks()) {
        out.append(html(block, charts));
      }
      out.append(new Html().close("div").close("section").newline().toString());
    }
  }

  private static String html(Block block, Charts charts) {
    Html html = new Html();
    new BlockHtml(html, charts).append(block);
    return html.toString();
  }
}
