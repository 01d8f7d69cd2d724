package io.meanfield.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that a misspelt one probably stands for, by Levenshtein distance. */
public final class NearestName {
  private NearestName() {}

  /** Returns the nearest of {@code names}, the first of several; empty if there are no names. */
  public static Optional<String> of(String misspelt, Collection<String> names) {
    return names.stream().min(Comparator.comparingInt(name -> distance(name, misspelt)));
  }

  /** Returns the nearest of those {@code names} of which at most half of the letters differ. */
  public static Optional<String> similar(String misspelt, Collection<String> names) {
    return of(
        misspelt,
        names.stream().filter(name -> 2 * distance(name, misspelt) <= name.length()).toList());
  }

  private static int distance(String one, String other) {
    return LevenshteinDistance.getDefaultInstance().apply(one, other);
  }
}
