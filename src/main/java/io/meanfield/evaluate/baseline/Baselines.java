package io.meanfield.evaluate.baseline;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.ChosenExamples;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.Threshold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * The baselines of a network: the mean of the targets, their quantile or the shares of the classes,
 * and, if they are wanted and worth it, a linear model and boosted trees. They learn from the
 * inputs that the network gets, and are scored as it is. Driver only.
 *
 * @param model the trained network, whose outputs are in the unit of the targets
 * @param encoder of the examples
 * @param training examples in an order that does not depend on the cluster
 * @param rows their number
 */
public record Baselines(
    SparkSession spark, Model model, TableEncoder encoder, JavaRDD<Examples> training, long rows) {
  /**
   * With so many training examples or more, only the constant is computed unless all are wanted.
   */
  public static final long MOST = BaselineWork.MOST_ROWS;

  /**
   * Returns the scores of the network and of the baselines on the same examples.
   *
   * @param seed of the trees
   * @param network the evaluation of the network
   * @param outputs the meaning of its outputs
   * @param examples on which it was evaluated
   */
  public List<BaselineScore> scores(
      BaselineChoice choice,
      long seed,
      Evaluation network,
      OutputSpec outputs,
      JavaRDD<Examples> examples) {
    List<BaselineScore> scores = new ArrayList<>();
    scores.add(new BaselineScore(BaselineScore.NETWORK, network));
    Scorer scorer = new Scorer(model.network(), outputs.with(Threshold.DEFAULT), examples);
    scores.add(scorer.score(constantName(outputs), constant(outputs)));
    boolean hasTrees = isTrained(choice, outputs, BaselineWork::isWorthIt);
    if (hasTrees || isTrained(choice, outputs, BaselineWork::isLinearWorthIt)) {
      try (MllibModels models =
          MllibModels.of(spark, model.network(), inputs(), outputs, training.coalesce(1), seed)) {
        scores.add(scorer.score("linear", models.linear()));
        if (hasTrees) {
          scores.add(scorer.score(models.treesName(), models.trees()));
        }
      }
    }
    return scores;
  }

  private record Scorer(EngineNetwork network, OutputSpec outputs, JavaRDD<Examples> examples) {
    BaselineScore score(String name, Baseline baseline) {
      EngineNetwork predicted = network;
      OutputSpec meaning = outputs;
      return new BaselineScore(
          name,
          Predictions.evaluate(
              examples.map(block -> baseline.predict(block, predicted, meaning)), outputs));
    }
  }

  private static final int MOST_OF_QUANTILES = 100_000;

  private interface Judgement {
    boolean isWorthIt(BaselineWork work, long epochs, long weights);
  }

  // MLlib's models predict means, no quantiles.
  private boolean isTrained(BaselineChoice choice, OutputSpec outputs, Judgement judgement) {
    boolean isPossible = outputs.classes() == 0 ? !outputs.areQuantiles() : outputs.isSingleLabel();
    return isPossible
        && (choice == BaselineChoice.ALL
            || judgement.isWorthIt(
                work(outputs), model.state().epoch(), model.state().weights().length));
  }

  private BaselineWork work(OutputSpec outputs) {
    BaselineInputs inputs = inputs();
    int models = outputs.classes() == 0 ? outputs.width() : 1;
    boolean boosted = outputs.classes() == 0 || outputs.hasTwoClasses();
    return new BaselineWork(rows, inputs.columns(), inputs.linearFeatures(), models, boosted);
  }

  private BaselineInputs inputs() {
    return BaselineInputs.of(encoder, model.network().inputs());
  }

  private static String constantName(OutputSpec outputs) {
    if (outputs.areQuantiles()) {
      return "quantile";
    }
    return outputs.isSingleLabel() ? "most frequent class" : "mean";
  }

  private Baseline constant(OutputSpec outputs) {
    EngineNetwork network = model.network();
    int width = outputs.width();
    if (outputs.areQuantiles()) {
      double[] quantiles = quantiles(outputs.loss().quantile(), network, width);
      return (features, row) -> quantiles;
    }
    double[] sums =
        training.map(block -> sums(block, network, width)).collect().stream()
            .reduce(new double[width + 1], Baselines::plus);
    double[] mean = new double[width];
    for (int i = 0; i < width; i++) {
      mean[i] = sums[i] / sums[width];
    }
    return (features, row) -> mean;
  }

  private double[] quantiles(double share, EngineNetwork network, int width) {
    Examples chosen = ChosenExamples.random(training, rows, MOST_OF_QUANTILES, 0);
    float[] targets = BatchWriter.targets(chosen, network);
    return IntStream.range(0, width)
        .mapToDouble(i -> quantile(share, chosen, row -> (double) targets[row * width + i]))
        .toArray();
  }

  /** Returns the smallest number that is at least as large as a share of all, by weight. */
  private static double quantile(double share, Examples chosen, IntToDoubleFunction number) {
    List<Integer> ascending =
        IntStream.range(0, chosen.count())
            .boxed()
            .sorted(Comparator.comparingDouble(number::applyAsDouble))
            .toList();
    double least = share * ascending.stream().mapToDouble(chosen::weight).sum();
    double sum = 0;
    for (int row : ascending) {
      sum += chosen.weight(row);
      if (sum >= least) {
        return number.applyAsDouble(row);
      }
    }
    return number.applyAsDouble(ascending.get(ascending.size() - 1));
  }

  // Of each target, and of the weights.
  private static double[] sums(Examples block, EngineNetwork network, int width) {
    float[] targets = BatchWriter.targets(block, network);
    double[] sums = new double[width + 1];
    for (int row = 0; row < block.count(); row++) {
      for (int i = 0; i < width; i++) {
        sums[i] += block.weight(row) * (double) targets[row * width + i];
      }
      sums[width] += block.weight(row);
    }
    return sums;
  }

  private static double[] plus(double[] sums, double[] more) {
    double[] all = sums.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] += more[i];
    }
    return all;
  }
}
