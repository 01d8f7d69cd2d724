package io.meanfield.network;

import io.meanfield.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The intervals of a model as a model file has them. */
final class IntervalsJson {
  private static final String LEVEL = "level";
  private static final String QUANTILES = "quantiles";
  private static final String LEVELS = "levels";
  private static final String SCALES = "scales";
  private static final String AT = "at";
  private static final String SIZES = "sizes";

  private IntervalsJson() {}

  static Map<String, Object> write(Intervals intervals) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(
        LEVELS,
        intervals.levels().stream()
            .map(level -> Map.of(LEVEL, level.level(), QUANTILES, level.quantiles()))
            .toList());
    settings.put(
        SCALES,
        intervals.scales().stream()
            .map(scale -> Map.of(AT, scale.at(), SIZES, scale.sizes()))
            .toList());
    return settings;
  }

  /**
   * Reads the intervals out of a model file.
   *
   * @throws IllegalArgumentException if they do not fit together
   */
  static Intervals read(Section section) {
    List<Intervals.Level> levels =
        section.optionalSections(LEVELS).stream()
            .map(
                level ->
                    new Intervals.Level(
                        level.number(LEVEL, Intervals::isLevel, "between 0 and 1", 0.5),
                        level.numbers(QUANTILES, Double::isFinite, "numbers")))
            .toList();
    List<ErrorScale> scales =
        section.optionalSections(SCALES).stream()
            .map(
                scale ->
                    new ErrorScale(
                        scale.numbers(AT, Double::isFinite, "numbers"),
                        scale.numbers(SIZES, size -> size > 0, "numbers above 0")))
            .toList();
    return new Intervals(levels, scales);
  }
}
