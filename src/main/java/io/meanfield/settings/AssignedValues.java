package io.meanfield.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that a key was assigned one after another, read from the text as which Config renders
 * a value whose substitutions are not made yet.
 *
 * @param references the uses of other values, for each assigned value
 * @param levels the number of levels of objects and lists in the deepest assigned value
 */
record AssignedValues(List<List<Reference>> references, int levels) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\??([^}]*)\\}");

  /** A use of the value at a path, such as {@code ${a.b}}, with the number of levels around it. */
  record Reference(String path, int levelsAround) {}

  /**
   * Reads a rendered value, up to one use more than there may be. A use in a string counts, too.
   */
  static AssignedValues of(String text) {
    List<List<Reference>> values = new ArrayList<>(List.of(new ArrayList<>()));
    Matcher reference = REFERENCE.matcher(text);
    int end = text.lastIndexOf('}'); // no ${ after it is a use
    int uses = 0;
    int depth = 0;
    int levels = 0;
    boolean isInString = false;
    boolean isReference = false;
    for (int i = 0; i < text.length() && uses <= Substitutions.MAX_COUNT; i++) {
      char c = text.charAt(i);
      boolean afterReference = isReference;
      isReference = c == '$' && i < end && reference.region(i, text.length()).lookingAt();
      if (isReference) {
        uses++;
        values.get(values.size() - 1).add(new Reference(reference.group(1), depth));
      } else if (isInString && c == '\\') {
        i++;
      } else if (c == '"') {
        isInString = !isInString;
      } else if (!isInString && c == ',' && depth == 0) {
        values.add(new ArrayList<>());
      } else if (!isInString) {
        depth += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
        levels = afterReference ? levels : Math.max(levels, depth); // the brace of ${ is no level
      }
    }
    return new AssignedValues(values, levels);
  }
}
