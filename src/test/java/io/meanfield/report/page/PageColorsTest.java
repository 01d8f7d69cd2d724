package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Contrasts of the colors in page.css, after WCAG 2.2: criteria 1.4.3 for text, 1.4.11 for lines.
 */
class PageColorsTest {
  private static final double TEXT = 4.5;
  private static final double LINE = 3;
  private static final List<Map<String, double[]>> SCHEMES = List.of(scheme(0), scheme(1));

  // The first block of variables is light, the second dark.
  private static Map<String, double[]> scheme(int index) {
    List<MatchResult> blocks =
        Pattern.compile(":root[^{]*\\{([^}]*)}").matcher(Page.STYLE).results().toList();
    assertThat(blocks).hasSize(2);
    Map<String, double[]> colors = new HashMap<>();
    Pattern.compile("--([a-z0-9-]+): #([0-9a-f]{6});")
        .matcher(blocks.get(index).group(1))
        .results()
        .forEach(found -> colors.put(found.group(1), rgb(found.group(2))));
    assertThat(colors).hasSizeGreaterThan(15);
    return colors;
  }

  private static double[] rgb(String hex) {
    int value = Integer.parseInt(hex, 16);
    return new double[] {value >> 16, value >> 8 & 0xff, value & 0xff};
  }

  private static double luminance(double[] rgb) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    return IntStream.range(0, 3).mapToDouble(i -> weights[i] * linear(rgb[i] / 255)).sum();
  }

  private static double linear(double level) {
    return level <= 0.04045 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
  }

  private static double contrast(double[] a, double[] b) {
    double first = luminance(a) + 0.05;
    double second = luminance(b) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  @Test
  void textIsReadableOnEverySurface() {
    for (Map<String, double[]> colors : SCHEMES) {
      for (String surface : List.of("page", "surface", "hint", "strong")) {
        assertThat(contrast(colors.get("text"), colors.get(surface))).isGreaterThan(TEXT);
      }
      for (String surface : List.of("page", "surface")) {
        assertThat(contrast(colors.get("muted"), colors.get(surface))).isGreaterThan(TEXT);
        assertThat(contrast(colors.get("warning"), colors.get(surface))).isGreaterThan(TEXT);
      }
    }
  }

  @Test
  void seriesAreVisibleOnTheirSurface() {
    for (Map<String, double[]> colors : SCHEMES) {
      for (int series = 1; series <= 6; series++) {
        assertThat(contrast(colors.get("series-" + series), colors.get("surface")))
            .as("series %s", series)
            .isGreaterThan(LINE);
      }
    }
  }

  @Test
  void numbersOfAHeatMapAreReadableOnEveryLevel() {
    List<MatchResult> levels =
        Pattern.compile("td\\.l[1-9] \\{ --mix: (\\d+)%;( color: var\\(--heat-text\\);)?")
            .matcher(Page.STYLE)
            .results()
            .toList();
    assertThat(levels).hasSize(9);
    for (Map<String, double[]> colors : SCHEMES) {
      for (MatchResult level : levels) {
        double[] text = colors.get(level.group(2) == null ? "text" : "heat-text");
        double part = Double.parseDouble(level.group(1)) / 100;
        double[] mixed = mix(colors.get("heat"), colors.get("surface"), part);
        assertThat(contrast(text, mixed)).as("level %s", part).isGreaterThan(TEXT);
      }
    }
  }

  private static double[] mix(double[] color, double[] surface, double part) {
    return IntStream.range(0, 3)
        .mapToDouble(i -> part * color[i] + (1 - part) * surface[i])
        .toArray();
  }
}
