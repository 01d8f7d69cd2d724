package io.meanfield.data;

import io.meanfield.settings.Section;

/**
 * The treatment of the numbers that a network learns to predict.
 *
 * @param scale whether training scales them to mean 0 and deviation 1; predictions are in the unit
 *     of the targets in any case
 */
public record TargetSettings(Scale scale) {
  /** The scales of targets in training. */
  public enum Scale {
    STANDARD,
    NONE
  }

  /** Reads the settings out of the section {@code data.columns}. */
  public static TargetSettings read(Section columns) {
    return new TargetSettings(columns.choice("scale-targets", Scale.class));
  }
}
