package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.TargetRange;
import io.meanfield.data.TargetSettings;
import io.meanfield.network.OutputBounds;
import io.meanfield.network.TargetScale;
import io.meanfield.network.layers.Activation;
import io.meanfield.pipeline.run.JobSettings;
import java.util.List;

/**
 * How a network learns and predicts targets that are numbers.
 *
 * @param scale the scale in which it learns them
 * @param bounds of predictions
 */
record RegressionTargets(TargetScale scale, OutputBounds bounds) {
  /** Targets are learned and predicted as they are. */
  static final RegressionTargets AS_THEY_ARE =
      new RegressionTargets(TargetScale.NONE, OutputBounds.NONE);

  /** Returns what the settings want for the training examples. */
  static RegressionTargets of(Dataset data, JobSettings settings) {
    TargetSettings wanted = settings.data().targets();
    List<TargetRange> ranges = data.findings().targets();
    if (data.targetKind().isClass() || settings.network().loss().givesProbabilities()) {
      return AS_THEY_ARE;
    }
    boolean isScaled =
        wanted.scale() == TargetSettings.Scale.STANDARD
            && settings.network().output().activation() == Activation.LINEAR;
    return new RegressionTargets(
        isScaled
            ? new TargetScale(
                ranges.stream().map(TargetRange::mean).toList(),
                ranges.stream().map(TargetRange::deviation).map(d -> d > 0 ? d : 1.0).toList())
            : TargetScale.NONE,
        wanted.clamp()
            ? new OutputBounds(
                ranges.stream()
                    .map(range -> new OutputBounds.Range(range.least(), range.most()))
                    .toList())
            : OutputBounds.NONE);
  }
}
