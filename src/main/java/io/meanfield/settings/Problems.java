package io.meanfield.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a settings tree: problems that readers report, and keys that none knows. */
final class Problems {
  // Two readers of one section find the same problem; it is reported once.
  private final Set<String> reported = new LinkedHashSet<>();
  private final List<SectionKeys> sections = new ArrayList<>();

  void add(String sentence) {
    reported.add(sentence);
  }

  /** Includes the unknown keys of a section in {@link #all()}. */
  void watch(SectionKeys section) {
    sections.add(section);
  }

  /** Returns a sentence for each problem so far. */
  List<String> all() {
    List<String> all = new ArrayList<>(reported);
    for (SectionKeys section : sections) {
      section.unknown().forEach(setting -> all.add(unknown(setting, section.known())));
    }
    return all;
  }

  private static String unknown(Setting setting, List<String> known) {
    return "unknown key "
        + setting.path()
        + NearestName.of(setting.path(), known)
            .map(name -> "; did you mean " + name + "?")
            .orElse("")
        + " ("
        + setting.where()
        + ")";
  }
}
