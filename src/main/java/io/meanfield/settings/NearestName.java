package io.meanfield.settings;

import io.meanfield.error.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that is most similar to a misspelt one, by Levenshtein distance without case. */
public final class NearestName {
  /** How many names of columns a message has at most. */
  public static final int MOST_COLUMNS = 5;

  private NearestName() {}

  /**
   * Returns the nearest of {@code names}, or the first of several nearest ones; empty if there are
   * no names.
   */
  public static Optional<String> of(String misspelt, Collection<String> names) {
    return names.stream().min(Comparator.comparingInt(name -> distance(name, misspelt)));
  }

  /** Returns the {@code names}, the nearest ones first. */
  public static List<String> sorted(String misspelt, Collection<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(name, misspelt)))
        .toList();
  }

  /**
   * Returns the nearest of the {@code names} that differ in at most half of their letters; empty if
   * there are none.
   */
  public static Optional<String> similar(String misspelt, Collection<String> names) {
    return of(
        misspelt,
        names.stream().filter(name -> 2 * distance(name, misspelt) <= name.length()).toList());
  }

  /**
   * Returns the end of a message about a column that a table does not have: the nearest one, or the
   * first columns if none is near.
   */
  public static String column(String missing, List<String> columns) {
    return similar(missing, columns)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() -> "its columns are " + Printable.listed(columns, MOST_COLUMNS));
  }

  private static int distance(String one, String other) {
    return LevenshteinDistance.getDefaultInstance()
        .apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
  }
}
