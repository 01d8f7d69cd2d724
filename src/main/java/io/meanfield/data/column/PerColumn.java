package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A choice for all columns, and other choices for some of them.
 *
 * @param others the choice of the columns that differ, by name
 */
public record PerColumn<E>(E all, Map<String, E> others) {
  static final String ALL = "*";

  /** Returns the same choice for all columns. */
  static <E> PerColumn<E> of(E all) {
    return new PerColumn<>(all, Map.of());
  }

  /**
   * Reads {@code KEY = CHOICE}, or {@code KEY { "*" = CHOICE, COLUMN = CHOICE }}.
   *
   * @param fallback the choice of the other columns if {@code "*"} is not set
   */
  static <E extends Enum<E>> PerColumn<E> read(
      Section section, String key, Class<E> type, E fallback) {
    return read(section, key, (choices, name) -> choices.choice(name, type), fallback);
  }

  /**
   * Reads the same as {@link #read(Section, String, Class, Enum)}.
   *
   * @param choice reads the choice of a key in a section
   */
  static <E> PerColumn<E> read(
      Section section, String key, BiFunction<Section, String, E> choice, E fallback) {
    if (!section.isSection(key)) {
      return of(choice.apply(section, key));
    }
    Section choices = section.section(key);
    Map<String, E> others = new LinkedHashMap<>();
    choices.names().forEach(name -> others.put(name, choice.apply(choices, name)));
    E all = others.getOrDefault(ALL, fallback);
    others.remove(ALL);
    return new PerColumn<>(all, Map.copyOf(others));
  }

  E of(String column) {
    return others.getOrDefault(column, all);
  }
}
