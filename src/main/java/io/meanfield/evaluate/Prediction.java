package io.meanfield.evaluate;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a model says to one example.
 *
 * @param predicted the class, where examples have one
 * @param probability of that class, where outputs are probabilities
 * @param outputs all of the network
 */
public record Prediction(OptionalInt predicted, OptionalDouble probability, float[] outputs) {
  /** The answers to a few examples, one for each; computed here, not on the cluster. */
  public static List<Prediction> of(Model model, Examples examples) {
    EngineNetwork architecture = model.network();
    PredictionBlock all =
        new PredictionBlock(
            examples.ids(),
            examples.externalIds(),
            new float[0],
            ForwardPass.outputs(architecture, model.state(), examples),
            architecture.outputs(),
            BatchWriter.taskType(architecture, examples));
    List<Prediction> answers = new ArrayList<>();
    for (int row = 0; row < all.count(); row++) {
      answers.add(of(all, row, architecture.loss().givesProbabilities()));
    }
    return answers;
  }

  private static Prediction of(PredictionBlock all, int row, boolean probabilities) {
    float[] outputs = Arrays.copyOfRange(all.outputs(), row * all.width(), (row + 1) * all.width());
    if (!all.taskType().isSingleLabel()) {
      return new Prediction(OptionalInt.empty(), OptionalDouble.empty(), outputs);
    }
    int predicted = all.predicted(row);
    return new Prediction(
        OptionalInt.of(predicted),
        probabilities ? OptionalDouble.of(all.score(row, predicted)) : OptionalDouble.empty(),
        outputs);
  }
}
