package io.meanfield.evaluate;

import io.meanfield.data.Examples;
import io.meanfield.network.Architecture;
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
public record Answer(OptionalInt predicted, OptionalDouble probability, float[] outputs) {
  /** The answers to a few examples, one for each; computed here, not on the cluster. */
  public static List<Answer> of(Model model, Examples examples) {
    Architecture architecture = model.architecture();
    Predicted all =
        new Predicted(
            examples.ids(),
            examples.keys(),
            new float[0],
            Forward.outputs(architecture, model.state(), examples),
            architecture.outputs(),
            Feed.task(architecture, examples));
    List<Answer> answers = new ArrayList<>();
    for (int row = 0; row < all.count(); row++) {
      answers.add(of(all, row, architecture.loss().givesProbabilities()));
    }
    return answers;
  }

  private static Answer of(Predicted all, int row, boolean probabilities) {
    float[] outputs = Arrays.copyOfRange(all.outputs(), row * all.width(), (row + 1) * all.width());
    if (!all.task().isOneClass()) {
      return new Answer(OptionalInt.empty(), OptionalDouble.empty(), outputs);
    }
    int predicted = all.predicted(row);
    return new Answer(
        OptionalInt.of(predicted),
        probabilities ? OptionalDouble.of(all.score(row, predicted)) : OptionalDouble.empty(),
        outputs);
  }
}
