package io.meanfield.pipeline.start;

import com.typesafe.config.ConfigUtil;
import io.meanfield.pipeline.start.ColumnUse.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings file that is proposed for a table: its data, and a comment for each decision. */
record DraftSettings(TableInput input, List<ColumnUse> columns) {
  private static final double TEST_FRACTION = 0.2;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int WIDTH = 100;

  /** Returns the lines of the file. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# The settings that scripts/submit init proposes for "
            + printable(input.location())
            + ".");
    lines.add("# All other settings have their defaults, which docs/configuration.md lists.");
    lines.add("data {");
    data().forEach(line -> lines.add("  " + line));
    lines.add("  columns {");
    roles().forEach(line -> lines.add("    " + line));
    lines.add("  }");
    lines.add("}");
    return lines;
  }

  private List<String> data() {
    List<String> lines = new ArrayList<>();
    lines.add("format = " + input.format());
    input.csv().forEach((key, value) -> lines.add("csv." + key + " = " + quoted(value)));
    if (input.format().equals(TableInput.CSV)
        && columns.stream().anyMatch(use -> use.column().extent().hasLineBreaks())) {
      lines.add("csv.multiLine = true # fields contain line breaks");
    }
    lines.add("train." + input.key() + " = " + quoted(input.location()));
    input
        .test()
        .ifPresentOrElse(
            test -> lines.add("test." + input.key() + " = " + quoted(test)),
            () ->
                lines.add(
                    "test-fraction = "
                        + TEST_FRACTION
                        + " # of the rows; only evaluate uses them"));
    long missing = label().column().missing();
    if (missing > 0) {
      lines.add(
          "bad-rows = skip # " + printable(label().name()) + " is missing in " + missing + " rows");
    }
    return lines;
  }

  private List<String> roles() {
    List<String> lines = new ArrayList<>();
    ColumnUse label = label();
    lines.add(
        label.role() == Role.LABEL
            ? "label = " + quoted(label.name()) + comment(label)
            : "targets = [" + quoted(label.name()) + "]" + comment(label));
    lines.addAll(list("categorical", Role.CATEGORY));
    lines.addAll(list("exclude", Role.EXCLUDED));
    lines.addAll(format());
    lines.addAll(remark("Numbers: ", names(Role.NUMBER)));
    lines.addAll(remark("Dates: ", names(Role.TIME)));
    lines.addAll(
        remark(
            "Name those of them that are codes, not amounts, in categorical: ",
            columns.stream().filter(ColumnRules::mayBeCode).map(ColumnUse::name).toList()));
    return lines;
  }

  private ColumnUse label() {
    return columns.stream()
        .filter(use -> use.role() == Role.LABEL || use.role() == Role.TARGET)
        .findFirst()
        .orElseThrow();
  }

  private List<String> list(String key, Role role) {
    List<String> elements =
        of(role).map(use -> "  " + element(role, use.name()) + comment(use)).toList();
    return elements.isEmpty()
        ? List.of()
        : Stream.of(List.of(key + " = ["), elements, List.of("]")).flatMap(List::stream).toList();
  }

  // In exclude, an asterisk matches any characters and a question mark one, themselves included.
  private static String element(Role role, String name) {
    return quoted(role == Role.EXCLUDED ? name.replace('*', '?') : name);
  }

  private List<String> format() {
    return DateForm.of(columns).stream()
        .map(
            form ->
                "dates.format = "
                    + ConfigUtil.quoteString(form.pattern())
                    + (form.isAmbiguous() ? " # check the order of day and month" : ""))
        .toList();
  }

  private Stream<ColumnUse> of(Role role) {
    return columns.stream().filter(use -> use.role() == role);
  }

  private List<String> names(Role role) {
    return of(role).map(ColumnUse::name).toList();
  }

  private static String comment(ColumnUse use) {
    return " # " + use.reason();
  }

  /** Returns a comment that lists names, in lines of at most {@value #WIDTH} characters. */
  private static List<String> remark(String title, List<String> names) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("# " + title);
    for (int i = 0; i < names.size(); i++) {
      String word = printable(names.get(i)) + (i < names.size() - 1 ? ", " : "");
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder("#   ");
      }
      line.append(word);
    }
    lines.add(line.toString());
    return names.isEmpty() ? List.of() : lines;
  }

  // A line break would end the comment.
  private static String printable(String name) {
    return name.lines().collect(Collectors.joining(" "));
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() && !List.of("true", "false", "null").contains(text)
        ? text
        : ConfigUtil.quoteString(text);
  }
}
