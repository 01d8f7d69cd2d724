package io.meanfield.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  enum Kind {
    GOOD_ENOUGH
  }

  record Part(Optional<Double> meanLoss, Kind kind) {
    Part {
      if (meanLoss.filter(loss -> loss.isNaN()).isPresent()) {
        throw new IllegalArgumentException("the loss is NaN");
      }
    }

    boolean isGood() {
      return true;
    }
  }

  private record Whole(long count, Part part, Optional<Instant> seen, List<Part> others) {}

  private record CountByName(Map<String, Long> counts) {}

  private static String text(Record value) throws IOException {
    return new String(Json.bytes(value), StandardCharsets.UTF_8);
  }

  private static <T extends Record> T parse(String json, Class<T> type) throws IOException {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8), type);
  }

  @Test
  void keysAreSnakeCaseAndEmptyOptionalsAreOmitted() throws IOException {
    assertThat(
            text(
                new Whole(
                    3, new Part(Optional.empty(), Kind.GOOD_ENOUGH), Optional.empty(), List.of())))
        .isEqualTo(
            """
            {
              "count" : 3,
              "part" : {
                "kind" : "good_enough"
              },
              "others" : [ ]
            }
            """);
    assertThat(text(new Part(Optional.of(0.1), Kind.GOOD_ENOUGH))).contains("\"mean_loss\" : 0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\u0000"})
  void blankStringIsNoNumber(String blank) {
    assertThatThrownBy(() -> parse("{\"counts\": {\"red\": \"" + blank + "\"}}", CountByName.class))
        .hasMessage("unexpected JSON at counts.red (line 1)");
  }

  @Test
  void recordIsReadAsItWasWritten() throws IOException {
    Part part = new Part(Optional.of(0.1 + 0.2), Kind.GOOD_ENOUGH);
    Part empty = new Part(Optional.empty(), Kind.GOOD_ENOUGH);
    Whole whole = new Whole(Long.MAX_VALUE, part, Optional.of(Instant.EPOCH), List.of(empty, part));
    assertThat(parse(text(whole), Whole.class)).isEqualTo(whole);
  }

  @Test
  void unknownKeysAreIgnored() throws IOException {
    assertThat(parse("{\"kind\": \"good_enough\", \"later\": [1]}", Part.class))
        .isEqualTo(new Part(Optional.empty(), Kind.GOOD_ENOUGH));
  }

  private static void assertRefused(String json, Class<? extends Record> type, String message) {
    assertThatThrownBy(() -> parse(json, type))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage(message);
  }

  private record Plain(int count, String name, Instant seen, List<String> words) {}

  private static final String PLAIN =
      "{\"count\": 3, \"name\": \"x\", \"seen\": \"2024-01-31T12:00:00Z\", \"words\": [\"a\"]}";

  @Test
  void problemNamesTheKeyAndTheLine() throws IOException {
    assertThat(parse(PLAIN, Plain.class).words()).containsExactly("a");
    assertRefused(PLAIN.replace("3", "\"3\""), Plain.class, "unexpected JSON at count (line 1)");
    assertRefused(PLAIN.replace("3", "3.5"), Plain.class, "unexpected JSON at count (line 1)");
    assertRefused(PLAIN.replace("3", "null"), Plain.class, "unexpected JSON at count (line 1)");
    assertRefused(PLAIN.replace("\"x\"", "[1]"), Plain.class, "unexpected JSON at name (line 1)");
    assertRefused(
        PLAIN.replace("2024-01-31T", "yesterday "),
        Plain.class,
        "unexpected JSON at seen (line 1)");
    assertRefused(
        PLAIN.replace("[\"a\"]", "[null]"), Plain.class, "unexpected JSON at words[0] (line 1)");
    assertRefused("{\"kind\": \"best\"}", Part.class, "unexpected JSON at kind (line 1)");
    assertRefused("[]", Part.class, "unexpected JSON (line 1)");
    assertRefused("null", Part.class, "unexpected JSON: null");
    assertRefused("{\"count\": 1", Plain.class, "unexpected JSON (line 1)");
    assertRefused(PLAIN + "]", Plain.class, "unexpected JSON (line 1)");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] latin = "{\"kind\": \"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> Json.parse(latin, Part.class))
        .isInstanceOf(InvalidJsonException.class);
  }

  /** JSON leaves them as they are, and terminals obey them. */
  @Test
  void printedJsonHasEscapesForAllControlCharacters() throws IOException {
    String hostile = "a\u001b[\u007f\u009b2J\u202e\udb40\udc01\\ü";
    Plain plain = new Plain(3, hostile, Instant.EPOCH, List.of());
    StringWriter out = new StringWriter();
    Printable.printLines(new PrintWriter(out), Json.text(plain));
    String printed = out.toString();
    assertThat(printed)
        .contains("\\u007f\\u009b2J\\u202e\\udb40\\udc01\\\\ü")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
    assertThat(parse(printed, Plain.class)).isEqualTo(plain);
  }

  @Property(tries = 200)
  void everyTruncationIsRefused(@ForAll @IntRange(max = 1_000) int at) throws IOException {
    Part part = new Part(Optional.of(0.1), Kind.GOOD_ENOUGH);
    String json = text(new Whole(3, part, Optional.of(Instant.EPOCH), List.of(part))).strip();
    assertThatThrownBy(() -> parse(json.substring(0, at % json.length()), Whole.class))
        .isInstanceOf(InvalidJsonException.class);
  }

  @Test
  void missingKeysAndInvalidValuesAreErrors() {
    assertThatThrownBy(() -> parse("{\"mean_loss\": 1}", Part.class))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse("{\"kind\": \"good_enough\", \"others\": []}", Whole.class))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> parse("{\"count\": 1, \"part\": {\"kind\": \"good_enough\"}}", Whole.class))
        .isInstanceOf(IOException.class)
        .hasMessage("unexpected JSON at others (line 1)");
  }
}
