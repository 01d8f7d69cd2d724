package io.meanfield.evaluate.contribution;

import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.SetText;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Computes how far each word of a text moves the score of a row: the score minus that of the row
 * without the word and the pairs that it is in, while all else stays. Effects of words do not add
 * up to the contribution of their column: of two words that say the same, neither changes much.
 */
public record WordEffects(EngineNetwork network, ExplainedScore score, TableEncoder encoder) {

  /**
   * The effect of a word.
   *
   * @param change of the score
   */
  public record Effect(String word, double change) {}

  /**
   * Returns the effects of the words of a row, the largest first, by column of texts.
   *
   * @param row the inputs
   * @param cls the class whose score it is; 0 in a regression
   */
  public Map<String, List<Effect>> of(LearnerState state, float[] row, int cls) {
    Map<String, List<Effect>> effects = new LinkedHashMap<>();
    encoder.categories().stream()
        .filter(CategoryInputs::hasWords)
        .forEach(column -> effects.put(column.name(), of(state, row, cls, column)));
    return effects;
  }

  private List<Effect> of(LearnerState state, float[] row, int cls, CategoryInputs column) {
    int numbers = row.length - encoder.categoricalInputs();
    List<String> words = column.words(row, numbers);
    float[] inputs = new float[(words.size() + 1) * row.length];
    System.arraycopy(row, 0, inputs, 0, row.length);
    for (int i = 0; i < words.size(); i++) {
      float[] without = column.without(words.get(i), row, numbers);
      System.arraycopy(without, 0, inputs, (i + 1) * row.length, row.length);
    }
    Examples examples =
        new Examples(
            new long[words.size() + 1],
            new Features.Floats(inputs, row.length),
            new Targets.Unknown());
    float[] outputs = ForwardPass.outputs(network, state, examples);
    double own = score.of(outputs, 0, cls);
    return IntStream.range(0, words.size())
        .mapToObj(
            i ->
                new Effect(
                    SetText.shown(words.get(i)),
                    own - score.of(outputs, (i + 1) * network.outputs(), cls)))
        .sorted(Comparator.comparingDouble(effect -> -Math.abs(effect.change())))
        .toList();
  }
}
