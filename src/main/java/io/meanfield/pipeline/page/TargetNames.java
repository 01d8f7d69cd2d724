package io.meanfield.pipeline.page;

import io.meanfield.store.Manifest;
import java.util.List;

/**
 * The names of the columns that a regression predicts.
 *
 * @param columns in the order of the outputs; none if the settings of the run do not name them
 */
public record TargetNames(List<String> columns) {
  private static final String KEY = "settings.data.columns.targets";

  public static TargetNames of(Manifest run) {
    return new TargetNames(run.json().hasPath(KEY) ? run.json().getStringList(KEY) : List.of());
  }

  /** Returns the name of a target. */
  public String name(int target) {
    return target < columns.size() ? columns.get(target) : "target " + target;
  }
}
