package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PageWriterTest {
  private static final String DEMO = text(DemoPage.page());
  private static final String HOSTILE = text(HostilePage.page());

  private static String text(Page page) {
    StringBuilder text = new StringBuilder();
    try {
      PageWriter.write(page, text);
    } catch (IOException impossible) { // in memory
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  // The page without ECharts, which holds addresses and markup of its own.
  private static String ours(String page) {
    return page.replace(PageResource.ECHARTS, "");
  }

  @Test
  void streamGetsThePageInUtf8() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PageWriter.write(HostilePage.page(), out);
    assertThat(out.toString(StandardCharsets.UTF_8).equals(HOSTILE)).isTrue();
  }

  @Test
  void noPartIsLargerThanTheLibraryOfTheCharts() throws IOException {
    List<Integer> parts = new ArrayList<>();
    PageWriter.write(DemoPage.page(), lengths(parts));
    assertThat(parts).contains(PageResource.ECHARTS.length()).hasSizeGreaterThan(20);
    assertThat(Collections.max(parts)).isEqualTo(PageResource.ECHARTS.length());
  }

  private static Writer lengths(List<Integer> parts) {
    return new Writer() {
      @Override
      public void write(char[] text, int offset, int length) {
        parts.add(length);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void pageOfADigitsRunIsSmallerThanOneMegabyte() {
    assertThat(DEMO.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
  }

  @Test
  void demoPageHasEveryKindOfBlock() {
    Set<Class<?>> used =
        DemoPage.page().sections().stream()
            .flatMap(section -> section.blocks().stream())
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertThat(used).containsExactlyInAnyOrder(Block.class.getPermittedSubclasses());
  }

  @Test
  void pageRefersToNoHostAndNoFile() {
    List<String> references =
        Pattern.compile("\\b(?:src|href|action|data|poster|srcset)=\"([^\"]*)\"")
            .matcher(ours(DEMO))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(references)
        .hasSizeGreaterThan(20)
        .allMatch(each -> each.matches("#[a-z0-9-]+|data:,|data:image/png;base64,[A-Za-z0-9+/=]+"));
    // The name of SVG's elements, which no browser opens.
    assertThat(ours(DEMO).replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
    assertThat(ours(DEMO)).doesNotContain("url(").doesNotContain("@import");
  }

  @Test
  void policyAllowsTheScriptsAndTheStyleOfThePageOnly() {
    List<String> allowed =
        Pattern.compile("<(?:script|style)>(.*?)</(?:script|style)>", Pattern.DOTALL)
            .matcher(DEMO)
            .results()
            .map(found -> PageResource.hash(found.group(1)))
            .toList();
    assertThat(allowed).hasSize(3);
    assertThat(ours(DEMO))
        .contains(
            "content=\"default-src 'none'; script-src "
                + allowed.get(1)
                + " "
                + allowed.get(2)
                + "; style-src "
                + allowed.get(0)
                + "; img-src data:; base-uri 'none'; form-action 'none'\">");
  }

  @Test
  void scriptsDoNotEndTheirElement() {
    for (String script :
        List.of(PageResource.ECHARTS, PageResource.CHARTS, PageResource.PAGE_SCRIPT)) {
      assertThat(script).doesNotContainIgnoringCase("</script").doesNotContain("<!--");
    }
  }

  @Test
  void hostileTextStaysText() {
    assertThat(ours(HOSTILE).replaceFirst("id=\"charts\">.*?</script>", ""))
        .doesNotContain("<img src=x")
        .doesNotContain("<script>window")
        .doesNotContain("\" onmouseover")
        .doesNotContain("\u0000")
        .contains(
            "&lt;/script&gt;&lt;/style&gt;&lt;img src=x onerror=&quot;window.hacked=true&quot;&gt;")
        .contains("{{script}} ${1} $0 \\1 {a|b} {b}")
        .contains("a lone surrogate \ufffd");
    assertThat(HOSTILE.split("<script", -1)).hasSize(DEMO.split("<script", -1).length);
  }

  @Test
  void whiteSpaceStaysAndOtherControlCharactersAreReplaced() {
    assertThat(Html.escaped("a\r\n\tb\u0000c\u001b")).isEqualTo("a\r\n\tb\ufffdc\ufffd");
  }

  @Test
  void chartsHoldTheNumbersAndNamesThatWereGiven() throws IOException {
    Matcher json = Pattern.compile("id=\"charts\">(.*?)</script>", Pattern.DOTALL).matcher(HOSTILE);
    assertThat(json.find()).isTrue();
    assertThat(json.group(1)).doesNotContain("<").matches("\\p{ASCII}*");
    JsonNode line = new ObjectMapper().readTree(json.group(1)).get(0);
    assertThat(line.get("kind").asText()).isEqualTo("LineChart");
    assertThat(line.at("/record/series").findValuesAsText("name")).isEqualTo(HostilePage.NAMES);
    assertThat(line.at("/record/series/3/y/12").asDouble()).isEqualTo(12);
  }

  @Property(tries = 300)
  void escapedTextHasNoMarkupAndReadsAsBefore(@ForAll String text) {
    String escaped = Html.escaped(text);
    assertThat(escaped).doesNotContain("<", ">", "\"", "'");
    String read =
        escaped
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
    int[] expected =
        text.codePoints()
            .map(
                each ->
                    (Character.isISOControl(each) && "\n\r\t".indexOf(each) < 0)
                            || Character.getType(each) == Character.SURROGATE
                        ? 0xfffd
                        : each)
            .toArray();
    assertThat(read.codePoints().toArray()).isEqualTo(expected);
  }

  @Test
  void textBetweenBackticksIsCode() {
    assertThat(new Html().prose("set `a < b` or `c").toString())
        .isEqualTo("set <code>a &lt; b</code> or `c");
  }
}
