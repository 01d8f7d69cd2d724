package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;

/**
 * What a browser shows of a page.
 *
 * @param found by dev/browser/read.cjs
 */
public record ShownPage(JsonNode found) {

  /** Returns the captions of all charts. */
  public List<String> charts() {
    return StreamSupport.stream(found.get("charts").spliterator(), false)
        .map(chart -> chart.get("caption").asText())
        .toList();
  }

  /** Asserts that the lines or bars of a chart are the columns of rows, of which the first is x. */
  public void requireChart(String caption, List<Row> rows) {
    JsonNode series = named("charts", caption).get("series");
    assertThat(rows).as(caption).isNotEmpty();
    for (int line = 1; line < rows.get(0).length(); line++) {
      JsonNode drawn = series.get(line - 1).get("data");
      assertThat(drawn).as(caption).hasSameSizeAs(rows);
      for (int i = 0; i < rows.size(); i++) {
        JsonNode point = drawn.get(i); // [x, y]; of bars only y
        if (point.isArray()) {
          requireEqual(caption, point.get(0), rows.get(i).get(0));
        }
        requireEqual(caption, point.isArray() ? point.get(1) : point, rows.get(i).get(line));
      }
    }
  }

  /** Asserts that the last columns of a table have these numbers, rounded. */
  public void requireTable(String caption, List<Row> rows) {
    JsonNode shown = named("tables", caption).get("rows");
    assertThat(shown).as(caption).isNotEmpty().hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode cells = shown.get(i);
      int first = cells.size() - rows.get(i).length();
      for (int column = 0; column < rows.get(i).length(); column++) {
        requireRounded(caption, cells.get(first + column).asText(), rows.get(i).get(column));
      }
    }
  }

  private JsonNode named(String kind, String caption) {
    return StreamSupport.stream(found.get(kind).spliterator(), false)
        .filter(each -> each.get("caption").asText().equals(caption))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page has no " + caption));
  }

  private static void requireRounded(String caption, String shown, Object stored) {
    double expected = ((Number) stored).doubleValue();
    int point = shown.indexOf('.');
    int decimals = point < 0 ? 0 : shown.length() - point - 1;
    assertThat(Double.parseDouble(shown.replace(",", "")))
        .as(caption)
        .isCloseTo(expected, within(0.501 * Math.pow(10, -decimals)));
  }

  // A null is a gap of the line.
  private static void requireEqual(String caption, JsonNode shown, Object stored) {
    if (stored == null) {
      assertThat(shown.isNull()).as(caption + " has a gap").isTrue();
      return;
    }
    double expected = ((Number) stored).doubleValue();
    assertThat(Double.parseDouble(shown.asText()))
        .as(caption)
        .isCloseTo(expected, within(1e-12 * Math.abs(expected)));
  }
}
