package io.meanfield.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of a settings tree: those that readers report, and keys that no reader
 * reads.
 */
final class Problems {
  // A set, because two readers of one section find the same problem, which is reported once.
  private final Set<String> reported = new LinkedHashSet<>();
  private final List<Section> sections = new ArrayList<>();

  void add(String message) {
    reported.add(message);
  }

  /** Includes the unknown keys of a section in {@link #lines()}. */
  void watch(Section section) {
    sections.add(section);
  }

  /** Returns a message for each problem found so far. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(reported);
    for (Section section : sections) {
      section.unknown().forEach(setting -> lines.add(unknown(setting, section.known())));
    }
    return lines;
  }

  private static String unknown(Setting setting, List<String> known) {
    return "unknown key %s; %s (%s)"
        .formatted(
            setting.shownPath(),
            ForeignTerm.setting(setting.path())
                .map(ForeignTerm::advice)
                .or(
                    () ->
                        NearestName.similar(setting.path(), known)
                            .map(name -> "did you mean " + name + "?"))
                .orElse("docs/configuration.md has every key"),
            setting.where());
  }
}
