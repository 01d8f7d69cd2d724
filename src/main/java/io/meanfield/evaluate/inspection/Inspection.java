package io.meanfield.evaluate.inspection;

import io.meanfield.data.Examples;
import io.meanfield.data.TableEncoder;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What the page of a run shows of a model besides its metrics. Driver only.
 *
 * @param curves points of curves and bars of histograms
 * @param samples examples that the model gets wrong, and others
 * @param importance of the columns of a table; none if the examples are no rows of a table
 * @param classes the names of the classes; none if they are numbers
 * @param importanceSeconds the time that the importance took
 */
public record Inspection(
    List<CurvePoint> curves,
    List<Sample> samples,
    List<ColumnImportance> importance,
    List<String> classes,
    double importanceSeconds) {
  // Each column costs a few passes over the sample.
  private static final int MOST_COLUMNS = 500;

  /**
   * Inspects a model on labelled examples; the result does not depend on the cluster.
   *
   * @param predictions of the model for {@code examples}
   */
  public static Inspection of(Predictions predictions, InspectedExamples examples) {
    JavaRDD<PredictionBlock> blocks = predictions.blocks();
    OutputSpec outputs = predictions.spec();
    long seed = examples.seed();
    BlockSummary summary =
        blocks
            .mapPartitions(part -> List.of(BlockSummary.of(part, outputs, seed)).iterator())
            .collect()
            .stream()
            .reduce(BlockSummary.empty(outputs), BlockSummary::plus);
    List<CurvePoint> curves = new ArrayList<>(summary.curves());
    if (!outputs.taskType().hasAccuracy()) {
      curves.addAll(residuals(blocks, outputs.width(), ResidualDraw.of(examples.count(), seed)));
    }
    List<Sample> samples = new SampledExamples(outputs, examples).of(summary.examples());
    long began = System.nanoTime();
    List<ColumnImportance> importance =
        examples
            .encoder()
            .map(encoder -> importance(blocks.context(), encoder, examples))
            .orElse(List.of());
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Inspection(curves, samples, importance, examples.labels(outputs.classes()), seconds);
  }

  private static List<CurvePoint> residuals(
      JavaRDD<PredictionBlock> blocks, int width, ResidualDraw draw) {
    return ResidualDraw.residuals(
            blocks.flatMap(block -> draw.of(block).iterator()).collect(), width)
        .points();
  }

  private static List<ColumnImportance> importance(
      SparkContext spark, TableEncoder encoder, InspectedExamples examples) {
    List<ColumnGroup> groups = ColumnGroup.of(encoder, examples.width());
    if (groups.size() > MOST_COLUMNS) {
      return List.of();
    }
    Examples drawn = examples.random();
    return drawn.count() < 2
        ? List.of()
        : ImportanceJob.run(
            JavaSparkContext.fromSparkContext(spark),
            examples.model(),
            groups,
            new PermutationImportance(drawn, examples.seed()));
  }
}
