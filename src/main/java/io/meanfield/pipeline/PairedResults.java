package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.ExampleResult;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.promotion.ClassPairs;
import io.meanfield.promotion.McNemarTest;
import io.meanfield.promotion.PairedBootstrap;
import io.meanfield.promotion.PromotionMetric;
import io.meanfield.promotion.ScorePairs;
import io.meanfield.promotion.SignificanceTest;
import java.io.Serializable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * The results of champion and challenger on the same examples, paired by the id of the example.
 * Driver only.
 *
 * <p>McNemar's test has no weights: the accuracies of weighted examples are compared by the
 * bootstrap.
 */
final class PairedResults implements AutoCloseable {
  /** The error of a model on one example; serializable, because the executors compute it. */
  private interface ExampleError extends Serializable {
    double of(ExampleResult result);
  }

  private final JavaPairRDD<Long, Tuple2<ExampleResult, ExampleResult>> pairs;
  private final boolean weighted;

  private PairedResults(
      JavaPairRDD<Long, Tuple2<ExampleResult, ExampleResult>> pairs, boolean weighted) {
    this.pairs = pairs;
    this.weighted = weighted;
  }

  static PairedResults of(Predictions champion, Predictions challenger) {
    return new PairedResults(champion.pairedWith(challenger), challenger.areWeighted());
  }

  /**
   * Throws unless models with these outputs can be compared by the metric.
   *
   * @throws UserException that names the metrics that apply
   */
  static void requireComparable(PromotionMetric metric, OutputSpec outputs) {
    if (!isComparable(metric, outputs)) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "retrain.metric is "
              + metric
              + ", which this task does not have; choose one of "
              + Stream.of(PromotionMetric.values())
                  .filter(other -> isComparable(other, outputs))
                  .map(PromotionMetric::toString)
                  .collect(Collectors.joining(", ")));
    }
  }

  private static boolean isComparable(PromotionMetric metric, OutputSpec outputs) {
    return Metrics.names(outputs).contains(metric.column())
        && (metric != PromotionMetric.MACRO_F1 || outputs.isSingleLabel());
  }

  /**
   * Returns the test of the metric.
   *
   * @param seed of the bootstrap
   * @param classes the number of classes; unused in a regression
   */
  SignificanceTest test(PromotionMetric metric, long seed, int classes) {
    return switch (metric) {
      case ACCURACY -> weighted ? bootstrap(seed, result -> result.correct() ? 0 : 1) : mcNemar();
      case MACRO_F1 -> PairedBootstrap.ofMacroF1(seed, classPairs(classes));
      case PR_AUC -> PairedBootstrap.ofAveragePrecision(seed, scorePairs());
      case LOG_LOSS -> bootstrap(seed, ExampleResult::loss);
      case MSE -> bootstrap(seed, ExampleResult::squaredError);
      case MAE -> bootstrap(seed, ExampleResult::absoluteError);
    };
  }

  private McNemarTest mcNemar() {
    return new McNemarTest(
        pairs.filter(pair -> pair._2()._1().correct() && !pair._2()._2().correct()).count(),
        pairs.filter(pair -> !pair._2()._1().correct() && pair._2()._2().correct()).count());
  }

  private PairedBootstrap bootstrap(long seed, ExampleError error) {
    PairedColumns columns =
        columns(
            1,
            (champion, challenger) ->
                new double[] {champion.weight() * (error.of(champion) - error.of(challenger))});
    return PairedBootstrap.ofMean(seed, columns.doubles(0));
  }

  private ClassPairs classPairs(int classes) {
    PairedColumns columns =
        columns(
            4,
            (champion, challenger) ->
                new double[] {
                  champion.actual(), champion.predicted(), challenger.predicted(), champion.weight()
                });
    return new ClassPairs(
        classes, columns.ints(0), columns.ints(1), columns.ints(2), columns.doubles(3));
  }

  private ScorePairs scorePairs() {
    PairedColumns columns =
        columns(
            4,
            (champion, challenger) ->
                new double[] {
                  champion.actual(), champion.score(), challenger.score(), champion.weight()
                });
    int[] actual = columns.ints(0);
    boolean[] positive = new boolean[actual.length];
    for (int i = 0; i < actual.length; i++) {
      positive[i] = actual[i] == 1;
    }
    return new ScorePairs(positive, columns.floats(1), columns.floats(2), columns.doubles(3));
  }

  private PairedColumns columns(int width, PairedColumns.Numbers numbers) {
    return PairedColumns.collect(pairs, width, numbers);
  }

  @Override
  public void close() {
    pairs.unpersist();
  }
}
