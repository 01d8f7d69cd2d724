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
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
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

  private PairedBootstrap bootstrap(long seed, ToDoubleFunction<ExampleResult> error) {
    return PairedBootstrap.ofMean(
        seed,
        sorted().stream()
            .mapToDouble(
                pair ->
                    pair._1().weight()
                        * (error.applyAsDouble(pair._1()) - error.applyAsDouble(pair._2())))
            .toArray());
  }

  private ClassPairs classPairs(int classes) {
    List<Tuple2<ExampleResult, ExampleResult>> sorted = sorted();
    return new ClassPairs(
        classes,
        ints(sorted, pair -> pair._1().actual()),
        ints(sorted, pair -> pair._1().predicted()),
        ints(sorted, pair -> pair._2().predicted()),
        sorted.stream().mapToDouble(pair -> pair._1().weight()).toArray());
  }

  private ScorePairs scorePairs() {
    List<Tuple2<ExampleResult, ExampleResult>> sorted = sorted();
    int examples = sorted.size();
    boolean[] positive = new boolean[examples];
    float[] champion = new float[examples];
    float[] challenger = new float[examples];
    double[] weights = new double[examples];
    for (int i = 0; i < examples; i++) {
      positive[i] = sorted.get(i)._1().actual() == 1;
      champion[i] = sorted.get(i)._1().score();
      challenger[i] = sorted.get(i)._2().score();
      weights[i] = sorted.get(i)._1().weight();
    }
    return new ScorePairs(positive, champion, challenger, weights);
  }

  private static int[] ints(
      List<Tuple2<ExampleResult, ExampleResult>> pairs,
      ToIntFunction<Tuple2<ExampleResult, ExampleResult>> value) {
    return pairs.stream().mapToInt(value).toArray();
  }

  // By id, so that the resamples do not depend on the partitions.
  private List<Tuple2<ExampleResult, ExampleResult>> sorted() {
    return pairs.collect().stream()
        .sorted(Comparator.comparing(Tuple2::_1))
        .map(Tuple2::_2)
        .toList();
  }

  @Override
  public void close() {
    pairs.unpersist();
  }
}
