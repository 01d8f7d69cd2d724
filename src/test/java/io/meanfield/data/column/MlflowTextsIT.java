package io.meanfield.data.column;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.encoding.Words;
import io.meanfield.fixture.TestPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python module of models of MLflow reads every text as {@link TextForm} does. */
@Tag("cluster")
@Tag("promise")
class MlflowTextsIT {
  private static final Path VALUES = Path.of("src/test/resources/tables/values.tsv");
  private static final String CHARACTERS = "0123456789.,-+()eE %$€/: '\u00a0ma";

  @TempDir private Path folder;

  /** The form of a column and the type of its values. */
  private record Reader(ValueType type, TextForm form) {
    Map<String, Object> describe(Set<String> texts) {
      return Map.of(
          "type",
          type.name().toLowerCase(Locale.ROOT),
          "texts",
          Map.of(
              "pattern", form.pattern(),
              "pivot", form.pivot(),
              "before", form.unitsBefore(),
              "behind", form.unitsBehind(),
              "needs_unit", form.needsUnit()),
          "numbers",
          texts.stream().map(this::number).toList());
    }

    private Object number(String text) {
      OptionalDouble number = form.parse(type, text);
      return number.isPresent() ? number.getAsDouble() : "none";
    }
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(VALUES).stream().filter(line -> !line.startsWith("# ")).toList();
  }

  private static List<List<String>> columns() throws IOException {
    return lines().stream()
        .filter(line -> line.startsWith("= "))
        .map(line -> List.of(line.split("\t", -1)[1].split("\\|", -1)))
        .toList();
  }

  /** Returns the texts of the table of values, and each with one character changed. */
  private static Set<String> texts() throws IOException {
    Set<String> texts = new LinkedHashSet<>();
    columns().forEach(texts::addAll);
    lines().stream()
        .filter(line -> !line.startsWith("= "))
        .forEach(l -> texts.add(l.split("\t", -1)[0]));
    Random random = new Random(1);
    for (String text : List.copyOf(texts)) {
      for (int i = 0; i < 3; i++) {
        texts.add(changed(text, random));
      }
    }
    return texts.stream().map(String::strip).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String changed(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(2));
    char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    return text.substring(0, at) + (random.nextInt(4) == 0 ? "" : other) + text.substring(end);
  }

  /** Returns the forms of the columns of the table of values, and all known patterns of dates. */
  private static Set<Reader> readers() throws IOException {
    Set<Reader> readers = new LinkedHashSet<>();
    for (ValueType type : ValueType.values()) {
      readers.add(new Reader(type, TextForm.PLAIN));
    }
    for (List<String> values : columns()) {
      ColumnFacts facts = new ColumnFacts(List.of());
      for (int i = 0; i < 60; i++) {
        facts.add(values.get(i % values.size()));
      }
      TableColumn column = new TableColumn("x", Kind.TEXT, "string", facts, false);
      ColumnUse use = ColumnRules.uses(List.of(column), TextSettings.NONE).get(0);
      if (use.isNumeric()) {
        readers.add(new Reader(use.type(), use.form()));
      }
    }
    Stream.concat(DatePatterns.KNOWN.stream(), Stream.of("yyyyMMdd", "d. MMMM yyyy", "dd.MM.yy"))
        .flatMap(pattern -> Stream.of(pattern, pattern + DatePatterns.TIME_AFTER_DATE))
        .forEach(p -> readers.add(new Reader(ValueType.TIMESTAMP, TextForm.ofDates(p, 1950))));
    for (String unit : List.of("", "kg", "month", "%", "$", "EUR", "kr", "sq ft", "m", "°C")) {
      for (int flags = 0; flags < 8; flags++) {
        TextForm form =
            TextForm.ofNumbers((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, unit);
        readers.add(new Reader(ValueType.NUMBER, form));
      }
    }
    return readers;
  }

  @Test
  void moduleReadsEveryTextAsTheProgramDoes() throws Exception {
    Set<String> texts = texts();
    List<Map<String, Object>> forms = new ArrayList<>();
    readers().forEach(reader -> forms.add(reader.describe(texts)));
    long numbers =
        forms.stream()
            .flatMap(form -> ((List<?>) form.get("numbers")).stream())
            .filter(Double.class::isInstance)
            .count();
    assertThat(numbers).isGreaterThan(5_000);
    Path file = folder.resolve("texts.json");
    new ObjectMapper().writeValue(file.toFile(), Map.of("texts", texts, "forms", forms));
    String found = TestPython.run("mlflow_texts.py", file);
    assertThat(Arrays.asList(found.split("\n", 30))).containsExactly("");
  }

  /** Returns texts with every character that Java knows, between letters and beside others. */
  private static Set<String> sentences() {
    Set<String> sentences = new LinkedHashSet<>();
    StringBuilder sentence = new StringBuilder();
    for (int code = 1; code <= Character.MAX_CODE_POINT; code++) {
      int type = Character.getType(code);
      if (type != Character.UNASSIGNED && type != Character.SURROGATE) {
        sentence.append("a").appendCodePoint(code).append("b ").appendCodePoint(code).append(' ');
      }
      if (sentence.length() > 500) {
        sentences.add(sentence.toString());
        sentence.setLength(0);
      }
    }
    Random random = new Random(1);
    int[] often = "aZ9 '’.-<>&;!/\u00ad\u0301\u200dİΣ한が月กំ😀🏽𠀋".codePoints().toArray();
    for (int i = 0; i < 20_000; i++) {
      int length = random.nextInt(30) + (i % 100 == 0 ? 60 : 0);
      random.ints(length, 0, often.length).forEach(at -> sentence.appendCodePoint(often[at]));
      sentences.add(sentence.toString());
      sentence.setLength(0);
    }
    sentences.add("long 😀 ".repeat(Words.MOST_CHARACTERS / 4));
    return sentences;
  }

  @Test
  void moduleFindsTheWordsThatTheProgramFinds() throws Exception {
    List<List<Object>> sentences =
        sentences().stream().map(text -> List.of(text, Words.of(text))).toList();
    Path file = folder.resolve("sentences.json");
    new ObjectMapper().writeValue(file.toFile(), Map.of("sentences", sentences));
    String found = TestPython.run("mlflow_texts.py", file);
    assertThat(Arrays.asList(found.split("\n", 30))).containsExactly("");
  }
}
