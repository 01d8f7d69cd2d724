package io.meanfield.pipeline.retrain;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.ExampleResult;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.Metrics;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Loss;
import io.meanfield.promotion.ClassPairs;
import io.meanfield.promotion.McNemarTest;
import io.meanfield.promotion.PairedBootstrap;
import io.meanfield.promotion.PromotionMetric;
import io.meanfield.promotion.ScorePairs;
import io.meanfield.promotion.SignificanceTest;
import io.meanfield.registry.ModelVersion;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
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
  private static final String QUANTILE = "network.quantile";

  /** The error of a model on one example; serializable, because the executors compute it. */
  private interface ExampleError extends Serializable {
    double of(ExampleResult result);
  }

  /** Selects numbers of a pair; serializable, too. */
  private interface Numbers extends Serializable {
    double[] of(ExampleResult champion, ExampleResult challenger);
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
   * Throws unless a challenger with these outputs can be compared with the champion by the metric.
   *
   * @throws UserException that names the metrics that apply, or the quantile of the champion
   */
  static void requireComparable(
      PromotionMetric metric, OutputSpec outputs, Optional<ModelVersion> champion) {
    champion
        .filter(version -> metric == PromotionMetric.PINBALL)
        .map(version -> quantile(version.settings()))
        .filter(quantile -> !quantile.equals(Optional.of(outputs.loss().quantile())))
        .ifPresent(
            quantile -> {
              throw UserException.of(
                  ErrorCode.WRONG_SETTINGS,
                  "retrain.metric is pinball, by which models of one network.quantile only can be"
                      + " compared; found %s, the champion %s has %s; set the same quantile, or choose another retrain.model",
                  outputs.loss().quantile(),
                  champion.get().name(),
                  quantile.map(String::valueOf).orElse("another network.loss"));
            });
    if (!isComparable(metric, outputs)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "retrain.metric is %s, which this task does not have; choose one of %s",
          metric,
          Stream.of(PromotionMetric.values())
              .filter(other -> isComparable(other, outputs))
              .map(PromotionMetric::toString)
              .collect(Collectors.joining(", ")));
    }
  }

  private static Optional<Double> quantile(Config champion) {
    return champion.getString("network.loss").equals(Loss.of(Loss.Kind.PINBALL).id())
        ? Optional.of(
            champion.hasPath(QUANTILE)
                ? champion.getDouble(QUANTILE)
                : Loss.of(Loss.Kind.PINBALL).quantile())
        : Optional.empty();
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
      case LOG_LOSS, PINBALL -> bootstrap(seed, ExampleResult::loss);
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
    List<double[]> rows =
        rows(
            (champion, challenger) ->
                new double[] {champion.weight() * (error.of(champion) - error.of(challenger))});
    return PairedBootstrap.ofMean(seed, column(rows, 0));
  }

  private ClassPairs classPairs(int classes) {
    List<double[]> rows =
        rows(
            (champion, challenger) ->
                new double[] {
                  champion.actual(), champion.predicted(), challenger.predicted(), champion.weight()
                });
    return new ClassPairs(classes, ints(rows, 0), ints(rows, 1), ints(rows, 2), column(rows, 3));
  }

  private ScorePairs scorePairs() {
    List<double[]> rows =
        rows(
            (champion, challenger) ->
                new double[] {
                  champion.actual(), champion.score(), challenger.score(), champion.weight()
                });
    return new ScorePairs(ints(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3));
  }

  // By id, so that the resamples do not depend on the partitions. The executors select the numbers,
  // so that the driver needs memory for these only.
  private List<double[]> rows(Numbers numbers) {
    return pairs.sortByKey().values().map(pair -> numbers.of(pair._1(), pair._2())).collect();
  }

  private static double[] column(List<double[]> rows, int column) {
    return rows.stream().mapToDouble(row -> row[column]).toArray();
  }

  private static int[] ints(List<double[]> rows, int column) {
    return rows.stream().mapToInt(row -> (int) row[column]).toArray();
  }

  @Override
  public void close() {
    pairs.unpersist();
  }
}
