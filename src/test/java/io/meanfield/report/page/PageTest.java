package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String DEMO = text(DemoPage.page());
  private static final String HOSTILE = text(HostilePage.page());

  private static String text(Page page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      page.write(out);
    } catch (IOException impossible) { // in memory
      throw new UncheckedIOException(impossible);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  // The page without ECharts, which holds addresses and markup of its own.
  private static String ours(String page) {
    return page.replace(Page.ECHARTS, "");
  }

  @Test
  void pageOfADigitsRunIsSmallerThanOneMegabyte() {
    assertThat(DEMO.getBytes(StandardCharsets.UTF_8).length).isLessThan(1_000_000);
  }

  @Test
  void pageThatIsWrittenTwiceHasTheSameBytes() {
    assertThat(text(DemoPage.page())).isEqualTo(DEMO);
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
        Pattern.compile("\\b(?:src|href|action|poster|srcset)=\"([^\"]*)\"")
            .matcher(ours(DEMO))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(references).hasSize(7).allMatch(each -> each.matches("#[a-z0-9-]+|data:,"));
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
            .map(found -> Page.hash(found.group(1)))
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
    for (String script : List.of(Page.ECHARTS, Page.SCRIPT)) {
      assertThat(script).doesNotContainIgnoringCase("</script").doesNotContain("<!--");
    }
  }

  @Test
  void hostileTextStaysText() {
    assertThat(ours(HOSTILE))
        .doesNotContain("<img src")
        .doesNotContain("<script>window")
        .doesNotContain("\" onmouseover")
        .doesNotContain("\u0000")
        .contains("&lt;/script&gt;&lt;/style&gt;&lt;img src&#x3D;x")
        .contains("{{script}} ${1} $0 \\1 {a|b} {b}")
        .contains("a lone surrogate \ufffd");
    assertThat(HOSTILE.split("<script", -1)).hasSize(DEMO.split("<script", -1).length);
  }

  @Property(tries = 300)
  void escapedTextHasNoMarkupAndReadsAsBefore(@ForAll String text) {
    String escaped = Page.escaped(text);
    assertThat(escaped).doesNotContain("<", ">", "\"", "'");
    String read =
        escaped
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&#x3D;", "=")
            .replace("&#x60;", "`")
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
    assertThat(new Block.Prose("set `a < b` now").parts())
        .containsExactly(
            new Block.Prose.Part("set ", false),
            new Block.Prose.Part("a < b", true),
            new Block.Prose.Part(" now", false));
    assertThat(new Block.Prose("a ` alone").parts())
        .containsExactly(new Block.Prose.Part("a ` alone", false));
  }
}
