package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Columns that are no features although all columns without another role are.
 *
 * @param patterns names; {@code *} matches any characters, {@code ?} matches one
 * @param reasons why, of those patterns whose settings tell it
 */
public record ExcludedColumns(List<String> patterns, Map<String, String> reasons) {
  public static final ExcludedColumns NONE = new ExcludedColumns(List.of());
  private static final String KEY = "exclude";

  public ExcludedColumns(List<String> patterns) {
    this(patterns, Map.of());
  }

  /** Reads a list of patterns, or an object with the reason of each. */
  public static ExcludedColumns read(Section columns) {
    if (!columns.isSection(KEY)) {
      return new ExcludedColumns(columns.optionalStrings(KEY));
    }
    Map<String, String> reasons = columns.optionalTexts(KEY);
    return new ExcludedColumns(List.copyOf(reasons.keySet()), reasons);
  }

  /** Returns why a column is excluded; empty if no settings tell it. */
  public Optional<String> reason(String column) {
    return Optional.ofNullable(reasons.get(column))
        .or(
            () ->
                reasons.keySet().stream()
                    .filter(pattern -> matches(pattern, column))
                    .findFirst()
                    .map(reasons::get));
  }

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
