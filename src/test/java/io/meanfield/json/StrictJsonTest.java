package io.meanfield.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class StrictJsonTest {
  private static Config config(String json) throws IOException {
    return StrictJson.config(json.getBytes(StandardCharsets.UTF_8), "x.json");
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> config(json))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage(message);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            texts(),
            Arbitraries.integers(),
            Arbitraries.longs(),
            Arbitraries.doubles(),
            Arbitraries.of(true, false));
    Arbitrary<Object> values =
        Arbitraries.recursive(() -> leaves, StrictJsonTest::nested, 0, 4).asGeneric();
    return Arbitraries.maps(texts(), values).ofMaxSize(4);
  }

  private static Arbitrary<Object> nested(Arbitrary<Object> values) {
    return Arbitraries.oneOf(
        values.list().ofMaxSize(3).asGeneric(),
        Arbitraries.maps(texts(), values).ofMaxSize(3).asGeneric());
  }

  // Without surrogates: one alone is no character, and UTF-8 cannot encode it.
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\0', '\u00ff')
        .withChars('"', '\\', '\n', '\u2028', '\ufffd', '$', '{', '}')
        .ofMaxLength(8);
  }

  private static String text(Map<String, Object> object) {
    return ConfigValueFactory.fromMap(object).render(ConfigRenderOptions.concise());
  }

  @Property(tries = 100)
  void objectIsReadAsItWasWritten(@ForAll("objects") Map<String, Object> object)
      throws IOException {
    assertThat(config(text(object)).root()).isEqualTo(ConfigValueFactory.fromMap(object));
  }

  @Property(tries = 100)
  void everyTruncationIsRefused(
      @ForAll("objects") Map<String, Object> object, @ForAll @IntRange(max = 1_000) int at) {
    String text = text(object);
    assertThatThrownBy(() -> config(text.substring(0, at % text.length())))
        .isInstanceOf(InvalidJsonException.class)
        .message()
        .doesNotContain("fasterxml", "Exception", "StreamReadFeature");
  }

  @Example
  void valuesHaveTheLineOfTheFile() throws IOException {
    Config config = config("{\n  \"train\" : {\n    \"epochs\" : 3\n  }\n}");
    assertThat(config.getValue("train.epochs").origin().description()).isEqualTo("x.json: 3");
    assertThat(config.getInt("train.epochs")).isEqualTo(3);
  }

  @Example
  void nothingOfHoconIsRead() {
    for (String hocon : List.of("a = 1", "{ a : 1 }", "{ \"a\" : x }", "{ \"a\" : 1, }")) {
      assertThatThrownBy(() -> config(hocon))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessage("expected JSON, found something else (line 1)");
    }
    assertThatThrownBy(() -> config("include url(\"http://localhost:1/x\")"))
        .isInstanceOf(InvalidJsonException.class);
    assertThatThrownBy(() -> config("{ \"a\" : ${b} }")).isInstanceOf(InvalidJsonException.class);
    assertThatThrownBy(() -> config("{} // comment")).isInstanceOf(InvalidJsonException.class);
  }

  @Example
  void substitutionInAStringIsText() throws IOException {
    assertThat(config("{ \"a.b\" : \"${HOME}\" }").root().get("a.b").unwrapped())
        .isEqualTo("${HOME}");
  }

  @Example
  void problemNamesExpectedFoundAndPlace() {
    assertRefused("", "expected JSON, found no text");
    assertRefused("[1]", "expected an object { … }, found a list (line 1, column 1)");
    assertRefused("null", "expected an object { … }, found null (line 1, column 1)");
    assertRefused(
        "{} {}",
        "expected the end of the file after the first value, found more (line 1, column 4)");
    assertRefused("{ \"a\" : [", "it ends inside a value (line 1, column 10)");
    assertRefused("{ \"a\" : \"b", "it ends inside a value (line 1, column 11)");
    assertRefused(
        "{ \"a\" : 1,\n  \"a\" : 2 }",
        "expected each key once, found \"a\" twice (line 2, column 6)");
    assertRefused(
        "{ \"a\" : 1e999 }", "expected a number of 64 bits, found 1e999 (line 1, column 9)");
  }

  @Example
  void textThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> StrictJson.config(new byte[] {'{', (byte) 0xff, '}'}, "x.json"))
        .isInstanceOf(InvalidJsonException.class)
        .hasMessage("expected text in UTF-8, found other bytes");
  }

  @Example
  void sizesAndDepthAreBounded() throws IOException {
    String bounds =
        "expected at most 100 nested objects and lists, 1048576 characters in a string and 100"
            + " digits in a number, found more";
    String deepest = "{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}";
    assertThat(config(deepest).hasPath("a")).isTrue();
    for (String json :
        List.of(
            "{\"a\":" + "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "{\"a\":\"" + "x".repeat(StrictJson.MAX_CHARACTERS + 1) + "\"}",
            "{\"a\":" + "1".repeat(StrictJson.MAX_DIGITS + 1) + "}")) {
      assertThatThrownBy(() -> config(json))
          .isInstanceOf(InvalidJsonException.class)
          .hasMessageStartingWith(bounds);
    }
    assertThatThrownBy(() -> StrictJson.config(new byte[StrictJson.MAX_BYTES + 1], "x.json"))
        .hasMessage("expected at most 268435456 bytes, found 268435457");
  }
}
