package io.meanfield.data.column;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the reader of values to a table of values and what each must be read as. */
class ValuesTest {
  private static final int LEAST_VALUES = 60;

  /** A line of the table. */
  record Line(String text, String column, String settings, String expected) {
    static Line of(String line) {
      String[] fields = line.split("\t", -1);
      return new Line(fields[0], fields[1], fields[2], fields[3]);
    }
  }

  private static List<String> file() throws IOException {
    try (InputStream in = ValuesTest.class.getResourceAsStream("/tables/values.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static Map<String, List<String>> columns() throws IOException {
    return file().stream()
        .filter(line -> line.startsWith("= "))
        .map(line -> line.substring(2).split("\t"))
        .collect(Collectors.toMap(parts -> parts[0], parts -> List.of(parts[1].split("\\|"))));
  }

  static Stream<Line> lines() throws IOException {
    return file().stream()
        .filter(line -> !line.startsWith("# ") && !line.startsWith("= "))
        .map(Line::of);
  }

  @Test
  void tableHasAtLeastTwoHundredValues() throws IOException {
    assertThat(lines().count()).isGreaterThanOrEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void valueIsReadAsItsObviousMeaningOrRefused(Line line) throws IOException {
    List<String> values = new ArrayList<>();
    while (values.size() < LEAST_VALUES) {
      values.addAll(columns().get(line.column()));
    }
    values.add(line.text());
    TextSettings settings = settings(line.settings());
    ColumnFacts facts = new ColumnFacts(settings.dates());
    values.forEach(facts::add);
    TableColumn column = new TableColumn("x", Kind.TEXT, "string", facts, false);
    ColumnUse use = ColumnRules.uses(List.of(column), settings).get(0);
    assertThat(read(use, line.text())).as(use.toString()).isEqualTo(line.expected());
  }

  private static TextSettings settings(String columns) {
    return TextSettings.read(
        SettingsTree.overDefaults(ConfigFactory.parseString("data.columns { " + columns + " }"))
            .section("data")
            .section("columns"));
  }

  /** Returns what a value is in a column. */
  private static String read(ColumnUse use, String text) {
    if (!use.isNumeric()) {
      return use.role() == Role.LEFT_OUT ? "left out" : "category";
    }
    OptionalDouble number = use.form().parse(use.type(), text);
    if (number.isEmpty()) {
      boolean isMissing = ValueType.isMissing(text) || ValueType.isPlaceholder(text);
      return isMissing ? "missing" : "wrong";
    }
    double value = number.getAsDouble();
    return switch (use.type()) {
      case BOOLEAN -> value == 1 ? "true" : "false";
      case DATE, TIMESTAMP -> Instant.ofEpochMilli(Math.round(1000 * value)).toString();
      case FLOAT, NUMBER -> "number " + plain(value);
    };
  }

  private static String plain(double value) {
    String text = Double.toString(value + 0.0);
    return value == Math.rint(value) && Math.abs(value) < 1e17
        ? Long.toString((long) value)
        : text.replace("E", "e").replace(".0e", "e");
  }

  @Test
  void factsOfPartsAreThoseOfTheColumn() throws IOException {
    List<String> values =
        columns().values().stream().flatMap(List::stream).collect(toCollection(ArrayList::new));
    ColumnFacts whole = new ColumnFacts(List.of());
    values.forEach(whole::add);
    ColumnFacts sum = new ColumnFacts(List.of());
    for (int part = 2; part >= 0; part--) {
      ColumnFacts facts = new ColumnFacts(List.of());
      for (int i = part; i < values.size(); i += 3) {
        facts.add(values.get(i));
      }
      sum.add(facts);
    }
    assertThat(sum)
        .usingRecursiveComparison()
        .ignoringFields("known", "distinct.hashes")
        .isEqualTo(whole);
    assertThat(sum.distinct()).isEqualTo(values.stream().distinct().count());
  }
}
