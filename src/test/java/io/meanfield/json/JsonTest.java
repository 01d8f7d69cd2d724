package io.meanfield.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.IOException;
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

  private record Whole(
      long count, @JsonUnwrapped Part part, Optional<Instant> seen, List<Part> others) {}

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
              "kind" : "good_enough",
              "others" : [ ]
            }
            """);
    assertThat(text(new Part(Optional.of(0.1), Kind.GOOD_ENOUGH))).contains("\"mean_loss\" : 0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\u0000"})
  void blankStringIsNoNumber(String blank) {
    assertThatThrownBy(() -> parse("{\"counts\": {\"red\": \"" + blank + "\"}}", CountByName.class))
        .hasMessageContaining("counts.red must be a whole number of 64 bits, found");
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
  void problemNamesTheKeyWhatIsExpectedAndWhatIsFound() throws IOException {
    assertThat(parse(PLAIN, Plain.class).words()).containsExactly("a");
    assertRefused(
        PLAIN.replace("3", "\"3\""),
        Plain.class,
        "count must be a whole number of 32 bits, found text (line 1, column 11)");
    assertRefused(
        PLAIN.replace("3", "3.5"),
        Plain.class,
        "count must be a whole number of 32 bits, found 3.5 (line 1, column 11)");
    assertRefused(
        PLAIN.replace("3", "null"),
        Plain.class,
        "count must be a whole number of 32 bits, found null (line 1, column 11)");
    assertRefused(
        PLAIN.replace("\"x\"", "[1]"),
        Plain.class,
        "name must be a string, found a list (line 1, column 22)");
    assertRefused(
        PLAIN.replace("2024-01-31T", "yesterday "),
        Plain.class,
        "seen must be a time such as 2024-01-31T12:00:00Z, found \"yesterday 12:00:00Z\" (line 1,"
            + " column 35)");
    assertRefused(
        PLAIN.replace("[\"a\"]", "{}"),
        Plain.class,
        "words must be a list [ … ] without null, found an object (line 1, column 68)");
    assertRefused(
        "{\"kind\": \"best\"}",
        Part.class,
        "kind must be one of good_enough, found \"best\" (line 1, column 10)");
    assertRefused("[]", Part.class, "expected an object { … }, found a list (line 1, column 1)");
    assertRefused(
        "{\"count\": 1, \"count\": 2}",
        Plain.class,
        "expected each key once, found \"count\" twice (line 1, column 21)");
    assertRefused("{\"count\": 1", Plain.class, "it ends inside a value (line 1, column 12)");
  }

  @Test
  void numberBeyondThoseOf64BitsIsNotInfinite() throws IOException {
    assertThat(parse("{\"kind\": \"good_enough\", \"mean_loss\": -1e308}", Part.class).meanLoss())
        .contains(-1e308);
    assertRefused(
        "{\"kind\": \"good_enough\", \"mean_loss\": 1e999}",
        Part.class,
        "mean_loss must be a number of 64 bits, found 1e999 (line 1, column 38)");
  }

  /** A text in place of another value may be the name of a Java class. */
  @Test
  void textInPlaceOfAnotherValueIsNotQuoted() {
    assertRefused(
        "\"org.nd4j.linalg.learning.config.Adam\"",
        Plain.class,
        "expected an object { … }, found text (line 1, column 1)");
    assertRefused(
        PLAIN.replace("[\"a\"]", "\"java.lang.Runtime\""),
        Plain.class,
        "words must be a list [ … ] without null, found text (line 1, column 68)");
  }

  /** JSON leaves them as they are, and terminals obey them. */
  @Test
  void printedJsonHasEscapesForAllControlCharacters() throws IOException {
    String hostile = "a\u001b[\u007f\u009b2J\u202e\udb40\udc01\\ü";
    Plain plain = new Plain(3, hostile, Instant.EPOCH, List.of());
    String printed = Json.printed(plain);
    assertThat(printed)
        .contains("\\u007f\\u009b2J\\u202e\\udb40\\udc01\\\\ü")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
    assertThat(parse(printed, Plain.class)).isEqualTo(plain);
  }

  @Test
  void noMessageNamesAClassOrJackson() {
    List<String> damaged =
        List.of(
            PLAIN.replace("[\"a\"]", "[null]"),
            PLAIN.replace("\"name\": \"x\",", ""),
            PLAIN.replace("\"x\"", "null"),
            PLAIN.replace("3", "99999999999"),
            PLAIN.replace("3", "NaN"),
            PLAIN.replace("3", "true"),
            PLAIN.replace("\"a\"", "{}"),
            PLAIN + "]",
            "\"x\"");
    for (String json : damaged) {
      assertThatThrownBy(() -> parse(json, Plain.class))
          .isInstanceOf(InvalidJsonException.class)
          .message()
          .doesNotContain("fasterxml", "meanfield", "java", "Feature", "creator", "Exception");
    }
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
    assertThatThrownBy(() -> parse("{\"count\": 1, \"kind\": \"good_enough\"}", Whole.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the key others is missing");
    assertThatThrownBy(
            () -> parse("{\"kind\": \"good_enough\", \"mean_loss\": \"NaN\"}", Part.class))
        .isInstanceOf(IOException.class);
  }
}
