package io.meanfield.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The keys that are set and that no room has read, each with the nearest key that exists. */
final class UnknownKeys {
  private final List<Section> sections;
  private final Set<String> known = new TreeSet<>();

  UnknownKeys(List<Section> sections) {
    this.sections = sections;
    for (Section section : sections) {
      section.read().forEach(key -> known.add(section.path(key)));
    }
  }

  List<String> messages() {
    List<String> sentences = new ArrayList<>();
    for (Section section : sections) {
      for (String key : section.unread()) {
        sentences.add(message(section.path(key), section.where(key)));
      }
    }
    return sentences;
  }

  private String message(String key, String where) {
    return "unknown key " + key + "; did you mean " + nearest(key) + "? (" + where + ")";
  }

  private String nearest(String key) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(candidate, key)))
        .orElse("none, there are no settings");
  }
}
