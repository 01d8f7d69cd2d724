package io.meanfield.data.column;

import io.meanfield.settings.Section;

/**
 * The treatment of the numbers that a network learns to predict.
 *
 * @param scale whether training scales them to mean 0 and deviation 1; predictions are in the unit
 *     of the targets in any case
 * @param clamp whether predictions are within the range of the training examples' targets
 */
public record TargetSettings(Scale scale, boolean clamp) {
  /** Learns and predicts numbers as they are. */
  static final TargetSettings NONE = new TargetSettings(Scale.NONE, false);

  /** The scales of targets in training. */
  public enum Scale {
    STANDARD,
    NONE
  }

  /** Reads the settings out of the section {@code data.columns}. */
  public static TargetSettings read(Section columns) {
    return new TargetSettings(
        columns.choice("scale-targets", Scale.class), columns.optionalBoolean("clamp"));
  }
}
