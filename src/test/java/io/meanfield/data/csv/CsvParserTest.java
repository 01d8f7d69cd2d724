package io.meanfield.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CsvParserTest {
  private static List<List<String>> parse(String text) {
    List<List<String>> records = new ArrayList<>();
    try (CsvParser parser = new CsvParser(new StringReader(text), ',', "some.csv")) {
      while (parser.advance()) {
        records.add(List.copyOf(parser.fields()));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return records;
  }

  @Property
  void selectedFieldsAreThoseOfAParserOfAllFields(
      @ForAll @Size(min = 1, max = 4)
          List<@Size(min = 1, max = 4) List<@AlphaChars @Chars({',', '"', '\r', ' '}) String>>
              records,
      @ForAll @IntRange(max = 3) int selected)
      throws IOException {
    String text =
        records.stream()
            .map(record -> String.join(",", record))
            .filter(record -> !record.contains("\""))
            .collect(Collectors.joining("\n"));
    List<List<String>> all = parse(text);
    try (CsvParser parser = new CsvParser(new StringReader(text), ',', "some.csv")) {
      parser.select(selected);
      for (List<String> record : all) {
        assertThat(parser.advance()).isTrue();
        assertThat(parser.fields()).hasSameSizeAs(record);
        if (selected < record.size()) {
          assertThat(parser.fields().get(selected)).isEqualTo(record.get(selected));
        }
      }
      assertThat(parser.advance()).isFalse();
    }
  }

  @Example
  void recordOfOneFieldThatIsNotSelectedIsNoEmptyLine() throws IOException {
    try (CsvParser parser = new CsvParser(new StringReader("x\n\na,b\n"), ',', "some.csv")) {
      parser.select(1);
      assertThat(parser.advance()).isTrue();
      assertThat(parser.fields()).hasSize(1);
      assertThat(parser.advance()).isTrue();
      assertThat(parser.fields()).hasSize(2).element(1).isEqualTo("b");
      assertThat(parser.advance()).isFalse();
    }
  }

  private static List<String> locations(String text) throws IOException {
    List<String> locations = new ArrayList<>();
    try (CsvParser parser = new CsvParser(new StringReader(text), ',', "some.csv")) {
      while (parser.advance()) {
        locations.add(parser.where());
      }
    }
    return locations;
  }

  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }

  @Property
  void quotedRecordsAreParsedBackToTheirFields(
      @ForAll @Size(min = 1, max = 5)
          List<@Size(min = 2, max = 4) List<@AlphaChars @Chars({',', '"', '\n', '\r', ' '}) String>>
              records) {
    String text =
        records.stream()
            .map(
                record ->
                    record.stream().map(CsvParserTest::quoted).collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    assertThat(parse(text)).isEqualTo(records);
    assertThat(parse(text + "\r\n")).isEqualTo(records);
  }

  @Example
  void linesMayEndWithLfOrCrLf() {
    assertThat(parse("a,b\n1,2\r\n,\n3,4"))
        .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("", ""), List.of("3", "4"));
  }

  @Example
  void emptyLinesAndAByteOrderMarkAreSkipped() {
    assertThat(parse("\ufeffa\n\n\r\nb\n")).containsExactly(List.of("a"), List.of("b"));
    assertThat(parse("")).isEmpty();
  }

  @Example
  void locationOfARecordIsItsFirstLine() throws IOException {
    assertThat(locations("a,b\n\"x\ny\",2\n\n3,4\n"))
        .containsExactly("some.csv:1", "some.csv:2", "some.csv:5");
  }

  @Example
  void unclosedQuoteNamesLineAndField() {
    assertThatThrownBy(() -> parse("a,b\n1,\"2\n3,4\n"))
        .isInstanceOf(UserException.class)
        .hasMessage("some.csv:2 opens a quote in field 2 that is not closed");
  }

  @Example
  void textAfterAClosingQuoteNamesLineAndField() {
    assertThatThrownBy(() -> parse("a,b\n\"1\"2,3\n"))
        .isInstanceOf(UserException.class)
        .hasMessage("some.csv:2 has text after the closing quote of field 1");
  }

  @Example
  void recordLongerThanTheBufferIsReadWhole() {
    String field = "x".repeat(100_000);
    assertThat(parse(field + ",\"" + field + "\"\n1,2"))
        .containsExactly(List.of(field, field), List.of("1", "2"));
  }

  @Example
  void controlCharacterNamesLineAndField() {
    for (String text : List.of("a,b\n1,2\u0000\n", "a,b\n1,\"2\u0000\"\n", "a,b\n1,\u0000")) {
      assertThatThrownBy(() -> parse(text))
          .isInstanceOf(UserException.class)
          .hasMessage("some.csv:2 has the control character U+0000 in field 2, expected text");
    }
    assertThat(parse("a\tb,\"1\r\n2\"\r\n")).containsExactly(List.of("a\tb", "1\r\n2"));
  }

  @Example
  void delimiterMayBeAControlCharacter() throws IOException {
    try (CsvParser parser = new CsvParser(new StringReader("a\u00012\n"), '\u0001', "some.csv")) {
      assertThat(parser.advance()).isTrue();
      assertThat(parser.fields()).containsExactly("a", "2");
    }
  }

  /** Text without an end: one character again and again. */
  private static final class Endless extends Reader {
    private final char character;

    Endless(char character) {
      this.character = character;
    }

    @Override
    public int read(char[] chars, int offset, int length) {
      java.util.Arrays.fill(chars, offset, offset + length, character);
      return length;
    }

    @Override
    public void close() {}
  }

  @Example
  void recordWithoutAnEndIsRefused() throws IOException {
    try (CsvParser parser = new CsvParser(new Endless('x'), ',', "some.csv")) {
      assertThatThrownBy(parser::advance)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "some.csv:1 begins a record of more than 67108864 characters; maybe a quote is not"
                  + " closed, or lines end without a line feed");
    }
  }

  @Example
  void fieldsOfARecordAreBounded() throws IOException {
    assertThat(parse(",".repeat(999_999)).get(0)).hasSize(1_000_000);
    try (CsvParser parser = new CsvParser(new Endless(','), ',', "some.csv")) {
      assertThatThrownBy(parser::advance)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "some.csv:1 begins a record of more than 1000000 fields; expected a table with"
                  + " fewer columns, or another data.csv.delimiter");
    }
  }

  @Example
  void lengthOfAHeaderIsBounded() throws IOException {
    String name = "x".repeat(1 << 23);
    assertThat(header(name + "," + name)).containsExactly(name, name);
    assertThatThrownBy(() -> header(name + "," + name + "x"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "some.csv:1 must be a header whose names have at most 16777216 characters together,"
                + " found 16777217; maybe the file has no header, or lines end without a line"
                + " feed");
  }

  private static List<String> header(String text) throws IOException {
    try (CsvParser parser = new CsvParser(new StringReader(text), ',', "some.csv")) {
      return CsvFile.header(parser, "some.csv");
    }
  }
}
