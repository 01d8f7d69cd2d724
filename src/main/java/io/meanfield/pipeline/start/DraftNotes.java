package io.meanfield.pipeline.start;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.error.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a person should look at in a table before a training. */
record DraftNotes(Draft draft) {
  private static final Pattern UNNAMED = Pattern.compile("_c[1-9][0-9]*"); // _c0 is an index
  private static final int MOST_NAMES = 3;

  /** Returns the notes; none for most tables. */
  List<String> lines() {
    List<String> notes = new ArrayList<>();
    List<String> unnamed = names(draft.survey().uses().stream().filter(this::isUnnamed).toList());
    if (!unnamed.isEmpty()) {
      notes.add("the header has no name for " + list(unnamed) + "; check its first lines");
    }
    List<ColumnUse> typed = draft.survey().uses().stream().filter(ColumnUse::isNumeric).toList();
    List<String> once = names(typed.stream().filter(use -> use.wrong() == 1).toList());
    if (once.size() >= 2 && 2 * once.size() >= typed.size()) {
      notes.add(
          "%s have one wrong value each; if the table has a second row of headers, delete it"
              .formatted(list(once)));
    }
    draft
        .survey()
        .twins()
        .forEach(
            (name, how) ->
                notes.add(
                    "%s may repeat what is predicted: %s; exclude it if it is known only afterwards"
                        .formatted(Printable.escaped(name), Printable.escaped(how))));
    return notes;
  }

  private boolean isUnnamed(ColumnUse use) {
    return use.role() != Role.LEFT_OUT && UNNAMED.matcher(use.column()).matches();
  }

  private static List<String> names(List<ColumnUse> uses) {
    return uses.stream().map(use -> Printable.escaped(use.column())).toList();
  }

  private static String list(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    return names.size() <= MOST_NAMES
        ? first
        : "%s and %d more columns".formatted(first, names.size() - MOST_NAMES);
  }
}
