package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens pages in Chromium as a reader does: dev/browser/check.cjs reports what it found. */
@Tag("cluster")
@Tag("promise")
class BrowserIT {
  private static final String DEMO = "demo.html";
  private static final String HOSTILE = "hostile.html";
  @TempDir private static Path folder;
  private static JsonNode report;

  @BeforeAll
  static void openPages() throws IOException, InterruptedException {
    Chromium.require();
    report =
        Chromium.run(
            "check.cjs", List.of(write(DEMO, DemoPage.page()), write(HOSTILE, HostilePage.page())));
  }

  private static Path write(String name, Page page) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      page.write(out);
    }
    return file;
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {DEMO, HOSTILE})
  void pageLoadsOnlyItselfAndReportsNoError(String page) {
    JsonNode found = report.get(page);
    assertThat(texts(found.get("problems"))).isEmpty();
    assertThat(texts(found.at("/phone/problems"))).isEmpty();
    assertThat(texts(found.get("requests")))
        .hasSize(1)
        .allMatch(address -> address.startsWith("file://") && address.endsWith(page));
  }

  @ParameterizedTest
  @ValueSource(strings = {DEMO, HOSTILE})
  void everyChartIsDrawn(String page) {
    JsonNode charts = report.get(page).get("charts");
    assertThat(charts).hasSize(page.equals(DEMO) ? 7 : 3);
    assertThat(charts)
        .allSatisfy(chart -> assertThat(chart.get("pixels").asInt()).isGreaterThan(2_000))
        .allSatisfy(chart -> assertThat(chart.get("colors").asInt()).isGreaterThan(20));
  }

  @Test
  void hostileTextRunsNowhere() {
    JsonNode elements = report.get(HOSTILE).get("elements");
    assertThat(elements.get("hacked").asBoolean()).isFalse();
    assertThat(elements.get("scripts").asInt()).isEqualTo(2);
    assertThat(elements.get("images").asInt()).isZero();
    assertThat(report.get(HOSTILE).get("title").asText()).isEqualTo(HostilePage.MARKUP);
    assertThat(report.get(HOSTILE).get("tooltip").asText()).contains(HostilePage.MARKUP);
  }

  @Test
  void tooltipShowsTheNumbersUnderThePointer() {
    assertThat(report.get(DEMO).get("tooltip").asText().lines().toList())
        .contains("epoch 15", "training", "validation");
  }

  @ParameterizedTest
  @ValueSource(strings = {DEMO, HOSTILE})
  void accessibilityHasNoSeriousViolation(String page) {
    assertThat(texts(report.get(page).get("accessibility"))).isEmpty();
    assertThat(texts(report.get(page).get("darkAccessibility"))).isEmpty();
  }

  @Test
  void keyboardReachesSkipLinkNavigationAndTables() {
    assertThat(texts(report.get(DEMO).get("keyboard")))
        .containsExactly(
            "a skip Skip to the content",
            "a Summary",
            "a Training",
            "a Classes",
            "a Speed",
            "a Settings",
            "summary Numbers of this chart",
            "opened");
    assertThat(report.get(DEMO).at("/skip/visible").asBoolean()).isTrue();
    assertThat(report.get(DEMO).at("/skip/focus").asText()).isEqualTo("main");
  }

  @Test
  void pageAndChartsFollowTheColorSchemeWhileOpen() {
    JsonNode light = report.get(DEMO).get("light");
    JsonNode dark = report.get(DEMO).get("dark");
    assertThat(light.get("background").asText()).isEqualTo("rgb(244, 246, 248)");
    assertThat(dark.get("background").asText()).isEqualTo("rgb(16, 21, 28)");
    assertThat(dark.get("pixels").asText()).isNotEqualTo(light.get("pixels").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {DEMO, HOSTILE})
  void phoneOf390PixelsShowsThePageWithoutScrollingSideways(String page) {
    JsonNode phone = report.get(page).get("phone");
    assertThat(phone.get("width").asInt()).isEqualTo(390);
    assertThat(phone.get("charts"))
        .isNotEmpty()
        .allSatisfy(width -> assertThat(width.asInt()).isBetween(250, 390));
  }

  @Test
  void printerGetsLightColorsAndOpenTables() {
    JsonNode print = report.get(DEMO).get("print");
    assertThat(print.get("start").asText()).isEqualTo("%PDF");
    assertThat(print.get("bytes").asInt()).isGreaterThan(20_000);
    assertThat(print.get("open").asBoolean()).isTrue();
    assertThat(print.get("text").asText()).isEqualTo("#1b2430");
    assertThat(print.get("axis").asText()).isEqualTo("#1b2430");
  }

  @Test
  void printingLeavesThePageAsItWas() {
    JsonNode print = report.get(DEMO).get("print");
    assertThat(print.at("/before/open").asInt()).isEqualTo(1);
    assertThat(print.at("/before/color").asText()).isEqualTo("#e8edf3");
    assertThat(print.get("after")).isEqualTo(print.get("before"));
  }

  @Test
  void pageWithoutScriptTellsSo() {
    assertThat(report.get(DEMO).get("withoutScript").asText())
        .contains("JavaScript is off, so this page draws no charts.", "54,000");
  }
}
