package io.meanfield.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.UserException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of a program are read as rows of a table are, in every type that a program may have. */
class ScorerTest {
  private static Map<String, Object> row() {
    Map<String, Object> row = new HashMap<>();
    row.put("plain", 0.5);
    row.put("price", 1_234.5);
    row.put("open", true);
    row.put("seen", Instant.parse("2024-02-29T08:15:00Z"));
    row.put("born", LocalDate.of(1990, 12, 31));
    row.put("kind", "b");
    row.put("store", 2);
    row.put("ignored", "column");
    return row;
  }

  private static Map<String, Object> row(String column, Object value) {
    Map<String, Object> row = row();
    row.put(column, value);
    return row;
  }

  private static void assertSame(String column, Object... values) {
    try (Scorer scorer = new TestTable(HandleUnknown.EXTRA_COLUMN).scorer()) {
      Map<String, Object> expected = scorer.score(row(column, values[0]));
      for (Object value : values) {
        assertThat(scorer.score(row(column, value))).as(String.valueOf(value)).isEqualTo(expected);
      }
    }
  }

  private static void assertRefused(HandleUnknown unknown, Map<String, Object> row, String text) {
    try (Scorer scorer = new TestTable(unknown).scorer()) {
      assertThatThrownBy(() -> scorer.score(row))
          .isInstanceOf(UserException.class)
          .hasMessage(text);
    }
  }

  @Test
  void valueIsTheSameInEveryType() {
    assertSame("plain", 0.5, 0.5f, "0.5", new BigDecimal("0.5"));
    assertSame("price", 1_234.5, "$1,234.50", "1234.5", new BigDecimal("1234.50"));
    assertSame("price", null, Double.NaN, "", "n/a", "-");
    assertSame("open", true, 1, "TRUE", 1.0);
    assertSame(
        "seen",
        Instant.parse("2024-02-29T08:15:00Z"),
        LocalDateTime.of(2024, 2, 29, 8, 15),
        OffsetDateTime.parse("2024-02-29T10:15:00+02:00"),
        "2024-02-29 08:15",
        "2024-02-29T09:15:00+01:00");
    assertSame(
        "born", LocalDate.of(1990, 12, 31), "31.12.1990", LocalDateTime.of(1990, 12, 31, 0, 0));
    assertSame("store", 2, "2", " 2 ", 2L, 2.0, new BigDecimal("2.00"));
    assertSame("kind", null, "", "unknown to the training");
  }

  @Test
  void textIsTheNumbersOfItsKnownWords() {
    TableEncoder encoder =
        new TableEncoder(
                List.of(),
                List.of(new Vocabulary("note", List.of("bad", "not", "not bad"))),
                HandleUnknown.ERROR,
                List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("note", 3, 2, 4, List.of())));
    Map<String, Object> none = new HashMap<>();
    none.put("note", null);
    Tensor words =
        new TableRows(encoder)
            .read(List.of(Map.of("note", "Not <b>BAD</b> at all"), none))
            .get("note");
    assertThat(words.shape()).containsExactly(2, 4);
    assertThat((float[]) words.values()).containsExactly(2, 1, 3, 0, 0, 0, 0, 0);
    assertThat(
            (float[])
                new TableRows(encoder)
                    .read(List.of(Map.of("note", List.of("bad", "Not", "not", 7)), none))
                    .get("note")
                    .values())
        .containsExactly(1, 2, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void mapIsTheNumbersOfItsKeysAndTheirWeights() {
    TableEncoder encoder =
        new TableEncoder(
                List.of(),
                List.of(new Vocabulary("spend", List.of("food", "rent"))),
                HandleUnknown.ERROR,
                List.of())
            .embedding(List.of(EmbeddedColumn.ofTexts("spend", 2, 2, 2, List.of(0, 3))));
    assertThat(
            (float[])
                new TableRows(encoder)
                    .read(List.of(Map.of("spend", Map.of("rent", 56, "food", 3.0, "car", 9))))
                    .get("spend")
                    .values())
        .containsExactly(1, 2, 2, 3);
  }

  @Test
  void predictionsAreTheColumnsOfPredict() {
    try (Scorer scorer = new TestTable(HandleUnknown.EXTRA_COLUMN).scorer()) {
      Map<String, Object> scored = scorer.score(row());
      assertThat(scored.keySet())
          .containsExactly("predicted", "predicted_label", "probability", "probability_positive");
      double positive = (double) scored.get("probability_positive");
      boolean isPositive = positive >= 0.5;
      assertThat(scored.get("predicted")).isEqualTo(isPositive ? 1 : 0);
      assertThat(scored.get("predicted_label")).isEqualTo(isPositive ? "yes" : "no");
      assertThat((double) scored.get("probability"))
          .isEqualTo(isPositive ? positive : (double) (1 - (float) positive));
      assertThat(scorer.columns())
          .containsExactly("plain", "price", "open", "seen", "born", "kind", "store");
      assertThat(scorer.score(List.of())).isEmpty();
    }
  }

  @Test
  void threadsShareAScorer() {
    try (Scorer scorer = new TestTable(HandleUnknown.EXTRA_COLUMN).scorer()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        rows.add(row("price", i * 10.0));
      }
      List<Map<String, Object>> together = scorer.score(rows);
      assertThat(rows.parallelStream().map(scorer::score).toList()).isEqualTo(together);
      assertThat(together.stream().distinct().count()).isGreaterThan(300);
    }
  }

  @Test
  void wrongValueIsNamedWithItsColumnAndRemedy() {
    HandleUnknown extra = HandleUnknown.EXTRA_COLUMN;
    HandleUnknown error = HandleUnknown.ERROR;
    assertRefused(
        extra,
        row("price", "many"),
        "row 1: column price is \"many\", expected a finite number" + " such as 1,234.5 in $");
    assertRefused(
        extra,
        row("price", 1e300),
        "row 1: column price is \"1.0E300\", expected a finite number" + " such as 1,234.5 in $");
    assertRefused(
        extra,
        row("born", "31.2.1990"),
        "row 1: column born is \"31.2.1990\", expected a date in" + " the form d.M.yyyy");
    assertRefused(
        extra,
        row("seen", 5),
        "row 1: column seen is \"5\", expected an ISO 8601 timestamp such"
            + " as 2026-01-31T08:15:00Z");
    assertRefused(
        extra,
        row("open", null),
        "row 1: column open has no value, expected true or false, or"
            + " data.columns.impute = median");
    assertRefused(
        extra, row("plain", null), "row 1: column plain has no value, expected a finite number");
    assertRefused(
        error,
        row("kind", null),
        "row 1: column kind has no value, expected a category, or"
            + " data.columns.handle-unknown = extra-column");
    assertRefused(
        error,
        row("kind", "d"),
        "row 1: column kind is \"d\", which is none of the 3 values in"
            + " training (a, b, c); train with data.columns.handle-unknown = extra-column");
    assertRefused(
        error,
        row("kind", Instant.EPOCH),
        "row 1: column kind is \"1970-01-01T00:00:00Z\", expected a text; convert the value as for"
            + " the training");
  }

  @Test
  void absentColumnIsNamed() {
    Map<String, Object> row = new HashMap<>(Map.of("plain", 1));
    assertRefused(
        HandleUnknown.ERROR,
        row,
        "row 1 has no column price; the model reads plain, price, open, seen, born, kind, store,"
            + " found plain");
  }
}
