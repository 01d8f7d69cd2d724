package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.TargetSettings;
import io.meanfield.data.shard.TargetMoments;
import io.meanfield.network.OutputBounds;
import io.meanfield.network.TargetScale;
import io.meanfield.network.layers.Activation;
import io.meanfield.pipeline.run.JobSettings;
import java.util.stream.IntStream;

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

  /** Returns what the settings want for the training examples. Reads every target. */
  static RegressionTargets of(Dataset data, Split split, JobSettings settings) {
    TargetSettings wanted = settings.data().targets();
    boolean isScaled =
        wanted.scale() == TargetSettings.Scale.STANDARD
            && settings.network().output().activation() == Activation.LINEAR;
    if (data.targetKind().isClass()
        || settings.network().loss().givesProbabilities()
        || !(isScaled || wanted.clamp())) {
      return AS_THEY_ARE;
    }
    TargetMoments moments = TargetMoments.of(data, split);
    return new RegressionTargets(
        isScaled ? new TargetScale(moments.means(), moments.deviations()) : TargetScale.NONE,
        wanted.clamp() ? bounds(moments) : OutputBounds.NONE);
  }

  private static OutputBounds bounds(TargetMoments moments) {
    return new OutputBounds(
        IntStream.range(0, moments.columns().size())
            .mapToObj(i -> new OutputBounds.Range(moments.least()[i], moments.most()[i]))
            .toList());
  }
}
