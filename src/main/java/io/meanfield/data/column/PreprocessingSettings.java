package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of the preprocessing of columns.
 *
 * @param bins the most bins of the piecewise-linear encoding of a number; 0 for none
 * @param indicator whether a column with missing values has a second input that marks them
 */
public record PreprocessingSettings(
    PerColumn<Scale> scale,
    LogChoice log,
    int bins,
    PerColumn<Impute> impute,
    boolean indicator,
    TextSettings texts,
    TimeSettings dates,
    EmbeddingSettings embeddings,
    TargetSettings targets) {
  /** Uses numbers as they are, and refuses missing ones. */
  public static final PreprocessingSettings NONE =
      new PreprocessingSettings(
          PerColumn.of(Scale.NONE),
          LogChoice.NONE,
          0,
          PerColumn.of(Impute.REFUSE),
          false,
          TextSettings.NONE,
          TimeSettings.NONE,
          EmbeddingSettings.NONE,
          TargetSettings.NONE);

  /** Reads the settings out of the section {@code data.columns}. */
  public static PreprocessingSettings read(Section columns) {
    return new PreprocessingSettings(
        PerColumn.read(columns, "scale", Scale.class, Scale.STANDARD),
        LogChoice.read(columns, "log"),
        columns.integerOr("none", "bins", 1).orElse(0),
        PerColumn.read(columns, "impute", Impute.class, Impute.MEDIAN),
        columns.optionalBoolean("missing-indicator"),
        TextSettings.read(columns),
        TimeSettings.read(columns.section("dates")),
        EmbeddingSettings.read(columns),
        TargetSettings.read(columns));
  }

  /** Returns the columns that settings name, by the key of the setting. */
  public SortedMap<String, Collection<String>> namedColumns() {
    return new TreeMap<>(
        Map.of(
            "scale",
            scale.others().keySet(),
            "log",
            log.columns().orElse(List.of()),
            "impute",
            impute.others().keySet(),
            EmbeddingSettings.SIZE,
            embeddings.sizes().others().keySet()));
  }

  /** Returns the scaling of a column of numbers. */
  public Scale scaleOf(String column) {
    return scale.of(column);
  }

  /** Returns what replaces missing values of a column. */
  public Impute imputeOf(String column) {
    return impute.of(column);
  }

  /** Returns whether missing values of a column are refused. */
  public boolean refusesMissing(String column) {
    return impute.of(column) == Impute.REFUSE;
  }

  /** Returns whether the numbers of a column are inputs as they are. */
  public boolean isPlain(String column) {
    return scale.of(column) == Scale.NONE && refusesMissing(column) && !log.mayInclude(column);
  }
}
