package io.meanfield.data.column;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Columns that are no features although all columns without another role are.
 *
 * @param patterns names; {@code *} matches any characters, {@code ?} matches one
 */
public record ExcludedColumns(List<String> patterns) {
  public static final ExcludedColumns NONE = new ExcludedColumns(List.of());

  /** Returns whether a pattern matches the whole name of a column. */
  public boolean matches(String column) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, column));
  }

  /** Returns the patterns that match none of the columns. */
  public List<String> unused(Collection<String> columns) {
    return patterns.stream()
        .filter(pattern -> columns.stream().noneMatch(column -> matches(pattern, column)))
        .toList();
  }

  private static boolean matches(String pattern, String column) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL).matcher(column).matches();
  }
}
