package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * The numeric columns whose logarithm is scaled.
 *
 * @param columns the columns; empty for those whose skewness is above {@value #SKEWNESS} and that
 *     have no negative value
 */
public record LogChoice(Optional<List<String>> columns) {
  /** The skewness above which a column without negative values is taken the logarithm of. */
  static final double SKEWNESS = 2;

  static final LogChoice NONE = new LogChoice(Optional.of(List.of()));
  private static final LogChoice AUTO = new LogChoice(Optional.empty());

  /** Reads {@code auto}, {@code none} or a list of columns. */
  static LogChoice read(Section section, String key) {
    List<String> named = section.strings(key);
    if (named.equals(List.of("auto"))) {
      return AUTO;
    }
    return named.equals(List.of("none")) ? NONE : new LogChoice(Optional.of(named));
  }

  /**
   * Returns whether the logarithm of a column is scaled.
   *
   * @param min the smallest value
   */
  public boolean includes(String column, double skewness, double min) {
    return columns
        .map(named -> named.contains(column))
        .orElseGet(() -> skewness > SKEWNESS && min >= 0);
  }

  /** Returns whether the logarithm of a column can be chosen before its values are known. */
  public boolean mayInclude(String column) {
    return columns.map(named -> named.contains(column)).orElse(true);
  }
}
