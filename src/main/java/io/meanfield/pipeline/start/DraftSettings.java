package io.meanfield.pipeline.start;

import com.typesafe.config.ConfigUtil;
import io.meanfield.data.column.Codes;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.error.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings file that is proposed for a table: its data, and a comment for each decision.
 *
 * @param model the name of a model that is trained again on data of later dates
 */
record DraftSettings(TableInput input, Draft draft, String model) {
  private static final double TEST_FRACTION = 0.2;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int WIDTH = 100;

  /** Returns the lines of the file. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# The settings that scripts/submit init proposes for %s."
            .formatted(Printable.escaped(input.location())));
    lines.add("# All other settings have their defaults, which docs/configuration.md lists.");
    lines.add("data {");
    data().forEach(line -> lines.add("  " + line));
    lines.add("  columns {");
    roles().forEach(line -> lines.add("    " + line));
    lines.add("  }");
    lines.add("}");
    input.nightly().ifPresent(directory -> lines.addAll(retrain(directory)));
    return lines;
  }

  private List<String> retrain(String directory) {
    List<String> lines = new ArrayList<>();
    lines.add("retrain {");
    lines.add("  model = " + quoted(model));
    lines.add("  input = " + quoted(directory));
    if (input.test().isEmpty()) {
      lines.add("  window = 1 # the newest date alone, of which a share is the test set");
    }
    lines.add("  metric = " + metric());
    lines.add(
        "  # floor = … # the least good " + metric() + " of a first model; evaluate prints it");
    lines.add("}");
    return lines;
  }

  private String metric() {
    return draft.predictsNumbers() ? "mae" : "accuracy";
  }

  private List<String> data() {
    List<String> lines = new ArrayList<>();
    lines.add("format = " + input.format());
    input.csv().forEach((key, value) -> lines.add(csv(key, value)));
    lines.add("train." + input.key() + " = " + quoted(input.location()));
    lines.add(
        input
            .test()
            .map(test -> "test." + input.key() + " = " + quoted(test))
            .orElse(
                "test-fraction = " + TEST_FRACTION + " # of the rows; only evaluate uses them"));
    List<String> unusable = unusable();
    if (!unusable.isEmpty()) {
      lines.add("bad-rows = skip # " + String.join(", ", unusable));
    }
    return lines;
  }

  private static String csv(String key, String value) {
    return key.equals(TableInput.MULTI_LINE)
        ? "csv.%s = %s # fields have line breaks, so one task reads a file".formatted(key, value)
        : "csv.%s = %s".formatted(key, quoted(value));
  }

  /** Returns why rows cannot be used; nothing if all can. */
  List<String> unusable() {
    List<String> reasons = new ArrayList<>();
    if (draft.survey().malformed() > 0) {
      reasons.add(
          "the number of fields is not that of the header in %s records"
              .formatted(draft.survey().malformed()));
    }
    draft.labels().forEach(label -> reasons.addAll(unusable(label)));
    draft.features().stream()
        .filter(use -> use.wrong() > 0)
        .forEach(
            use ->
                reasons.add(
                    "%s is wrong in %s"
                        .formatted(Printable.escaped(use.column()), rows(use.wrong()))));
    return reasons;
  }

  private static String rows(long count) {
    return count == 1 ? "1 row" : count + " rows";
  }

  private List<String> unusable(ColumnUse label) {
    List<String> reasons = new ArrayList<>();
    String name = Printable.escaped(label.column());
    boolean areNumbers = draft.predictsNumbers() || label.wrong() > 0;
    long missing = areNumbers ? draft.facts(label).missingNumbers() : draft.facts(label).missing();
    if (missing > 0) {
      reasons.add("%s is missing in %s".formatted(name, rows(missing)));
    }
    if (label.wrong() > 0) {
      reasons.add("%s is no number in %s".formatted(name, rows(label.wrong())));
    }
    return reasons;
  }

  private List<String> roles() {
    List<String> lines = new ArrayList<>();
    String labels =
        draft.labels().stream().map(use -> quoted(use.column())).collect(Collectors.joining(", "));
    lines.add(
        (draft.predictsNumbers() ? "targets = [" + labels + "]" : "label = " + labels)
            + comment(draft.target().reason()));
    lines.addAll(dividing());
    lines.addAll(list("features", features().stream().filter(ColumnUse::isNumeric).toList()));
    lines.addAll(list("categorical", of(Role.CATEGORY)));
    List<ColumnUse> texts = of(Role.TEXT);
    if (!texts.isEmpty()) {
      lines.addAll(list("text", texts));
    }
    lines.addAll(forms());
    List<ColumnUse> leftOut = of(Role.LEFT_OUT);
    if (!leftOut.isEmpty()) {
      lines.add("# Left out; name a column in features, categorical or text to use it:");
      lines.add("exclude {");
      leftOut.stream()
          .filter(use -> !use.column().isEmpty())
          .forEach(use -> lines.add("  " + string(use.column()) + " = " + string(use.reason())));
      lines.add("}");
    }
    lines.addAll(
        remark(
            "Name those of features that are codes, not amounts, in categorical instead: ",
            features().stream()
                .filter(use -> Codes.areLikely(use, draft.facts(use)))
                .map(ColumnUse::column)
                .toList()));
    return lines;
  }

  /** Returns what divides the rows; nothing if they are drawn at random. */
  private List<String> dividing() {
    List<String> lines = new ArrayList<>();
    // A night has the rows of one date, which is not divided.
    Optional<String> time = draft.time().filter(name -> input.nightly().isEmpty());
    time.ifPresent(
        name ->
            lines.add(
                "time = "
                    + quoted(name)
                    + " # rows lie in its order: the newest are for test and validation; delete it"
                    + " to draw them"));
    draft
        .group()
        .ifPresent(
            use ->
                lines.add(
                    time.isPresent()
                        ? "# group = %s # in place of time, if new rows will be of new groups"
                            .formatted(quoted(use.column()))
                        : "group = %s # no group is on two sides; delete it if new rows will be of known groups"
                            .formatted(quoted(use.column()))));
    return lines;
  }

  /** Returns the uses of the columns that may be features: a group is none. */
  private List<ColumnUse> features() {
    boolean isDivided = draft.time().isEmpty() || input.nightly().isPresent();
    Optional<ColumnUse> group = draft.group().filter(use -> isDivided);
    return draft.features().stream().filter(use -> !group.equals(Optional.of(use))).toList();
  }

  private static List<String> list(String key, List<ColumnUse> uses) {
    if (uses.isEmpty()) {
      return List.of(key + " = []");
    }
    List<String> lines = new ArrayList<>(List.of(key + " = ["));
    uses.forEach(use -> lines.add("  " + quoted(use.column()) + comment(use.reason())));
    lines.add("]");
    return lines;
  }

  /** Returns how texts are written, so that later rows, which may tell it less, are read alike. */
  private List<String> forms() {
    List<TextForm> forms =
        Stream.concat(draft.features().stream(), draft.labels().stream())
            .filter(ColumnUse::isNumeric)
            .map(ColumnUse::form)
            .distinct()
            .toList();
    List<String> lines = new ArrayList<>();
    if (forms.stream().anyMatch(TextForm::hasDecimalComma)
        && draft.survey().columns().stream().noneMatch(TableColumn::hasDecimalPoints)) {
      lines.add("decimal = comma");
    }
    List<String> dates = forms.stream().filter(TextForm::isDate).map(TextForm::pattern).toList();
    if (!dates.isEmpty()) {
      lines.add(
          "dates.format = %s"
              .formatted(
                  dates.size() == 1
                      ? ConfigUtil.quoteString(dates.get(0))
                      : dates.stream()
                          .map(ConfigUtil::quoteString)
                          .collect(Collectors.joining(", ", "[", "]"))));
    }
    return lines;
  }

  private List<ColumnUse> of(Role role) {
    return features().stream().filter(use -> use.role() == role).toList();
  }

  private static String comment(String reason) {
    return " # " + Printable.escaped(reason);
  }

  /** Returns a comment that lists names, in lines of at most {@value #WIDTH} characters. */
  private static List<String> remark(String title, List<String> names) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("# " + title);
    for (int i = 0; i < names.size(); i++) {
      String word = Printable.escaped(names.get(i)) + (i < names.size() - 1 ? ", " : "");
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder("#   ");
      }
      line.append(word);
    }
    lines.add(line.toString());
    return names.isEmpty() ? List.of() : lines;
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() && !List.of("true", "false", "null").contains(text)
        ? text
        : string(text);
  }

  private static String string(String text) {
    return Printable.escaped(ConfigUtil.quoteString(text)); // a string has the same escapes
  }
}
