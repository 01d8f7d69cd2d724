package io.meanfield.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Collects the problems of a settings tree: those that readers report, and keys that no reader
 * reads.
 */
final class Problems {
  private static final int MAX_SHOWN = 50;

  // A set, because two readers of one section find the same problem, which is reported once.
  private final Set<String> reported = new LinkedHashSet<>();
  private final List<SectionKeys> sections = new ArrayList<>();

  void add(String message) {
    reported.add(message);
  }

  /** Includes the unknown keys of a section in {@link #lines()}. */
  void watch(SectionKeys section) {
    sections.add(section);
  }

  /**
   * Returns a message for each problem found so far. A file of some kilobytes can have thousands of
   * problems: the last line tells how many are left out.
   */
  List<String> lines() {
    List<Supplier<String>> all = new ArrayList<>();
    reported.forEach(message -> all.add(() -> message));
    for (SectionKeys section : sections) {
      section.unknown().forEach(setting -> all.add(() -> unknown(setting, section.known())));
    }
    List<String> lines =
        all.stream().limit(MAX_SHOWN).map(Supplier::get).collect(Collectors.toList());
    if (all.size() > MAX_SHOWN) {
      lines.add("and " + (all.size() - MAX_SHOWN) + " more");
    }
    return lines;
  }

  private static String unknown(Setting setting, List<String> known) {
    return "unknown key "
        + setting.shownPath()
        + NearestName.of(setting.path(), known)
            .map(name -> "; did you mean " + name + "?")
            .orElse("")
        + " ("
        + setting.where()
        + ")";
  }
}
