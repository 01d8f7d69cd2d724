package io.meanfield.evaluate;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A model's prediction for one example.
 *
 * @param predicted the class; empty unless examples have one class each
 * @param probability of that class; empty unless outputs are probabilities
 * @param outputs of the network, all of them
 */
public record Prediction(OptionalInt predicted, OptionalDouble probability, float[] outputs) {
  /**
   * Returns the predictions for a few examples, one for each; computed here, not on the cluster.
   */
  public static List<Prediction> of(Model model, Examples examples) {
    EngineNetwork architecture = model.network();
    PredictionBlock all =
        new PredictionBlock(
            examples.ids(),
            examples.externalIds(),
            new float[0],
            ForwardPass.outputs(architecture, model.state(), examples),
            new OutputSpec(
                BatchWriter.taskType(architecture, examples),
                architecture.loss(),
                architecture.outputs()));
    List<Prediction> predictions = new ArrayList<>();
    for (int row = 0; row < all.count(); row++) {
      predictions.add(of(all, row));
    }
    return predictions;
  }

  private static Prediction of(PredictionBlock all, int row) {
    float[] outputs = all.outputs(row);
    if (!all.spec().isSingleLabel()) {
      return new Prediction(OptionalInt.empty(), OptionalDouble.empty(), outputs);
    }
    int predicted = all.predicted(row);
    return new Prediction(
        OptionalInt.of(predicted),
        all.spec().hasClassProbabilities()
            ? OptionalDouble.of(all.score(row, predicted))
            : OptionalDouble.empty(),
        outputs);
  }
}
