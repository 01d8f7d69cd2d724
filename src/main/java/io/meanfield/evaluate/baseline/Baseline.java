package io.meanfield.evaluate.baseline;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.EngineNetwork;
import java.io.Serializable;

/** A trained baseline. */
interface Baseline extends Serializable {
  /**
   * Returns what a network would have as outputs: the prediction for each target, the probability
   * of class 1, or those of all classes.
   */
  double[] outputs(Features features, int row);

  /** Returns the predictions for examples. */
  default PredictionBlock predict(Examples block, EngineNetwork network, OutputSpec outputs) {
    int width = outputs.width();
    float[] all = new float[block.count() * width];
    for (int row = 0; row < block.count(); row++) {
      double[] found = outputs(block.features(), row);
      for (int i = 0; i < width; i++) {
        all[row * width + i] = (float) found[found.length - width + i];
      }
    }
    return new PredictionBlock(
        block.ids(),
        block.externalIds(),
        BatchWriter.targets(block, network),
        all,
        outputs,
        block.weights());
  }
}
