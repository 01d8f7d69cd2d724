package io.meanfield.evaluate.inspection;

import io.meanfield.data.Examples;
import io.meanfield.data.TableEncoder;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
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
  // With more columns, too few examples would be left for each.
  private static final int MOST_COLUMNS = 500;

  /**
   * Inspects a model on labelled examples; the result does not depend on the cluster.
   *
   * @param predictions of the model for {@code examples}
   */
  public static Inspection of(Predictions predictions, InspectedExamples examples) {
    BlockSummary summary = summary(predictions, examples);
    return of(
        curves(summary, predictions, examples),
        new SampledExamples(predictions.spec(), examples).of(summary.examples()),
        predictions,
        examples);
  }

  /** Inspects a model as {@link #of} does, but shows no value of a single example. */
  public static Inspection withoutExamples(Predictions predictions, InspectedExamples examples) {
    List<CurvePoint> points = curves(summary(predictions, examples), predictions, examples);
    return of(
        points.stream().filter(point -> point.kind() != CurveKind.PREDICTED).toList(),
        List.of(),
        predictions,
        examples);
  }

  private static Inspection of(
      List<CurvePoint> curves,
      List<Sample> samples,
      Predictions predictions,
      InspectedExamples examples) {
    long began = System.nanoTime();
    List<ColumnImportance> importance =
        examples
            .encoder()
            .map(encoder -> importance(predictions.blocks().context(), encoder, examples))
            .orElse(List.of());
    double seconds = (System.nanoTime() - began) / 1e9;
    List<String> classes = examples.labels(predictions.spec().classes());
    return new Inspection(curves, samples, importance, classes, seconds);
  }

  private static BlockSummary summary(Predictions predictions, InspectedExamples examples) {
    return BlockSummary.of(predictions.blocks(), predictions.spec(), examples.seed());
  }

  private static List<CurvePoint> curves(
      BlockSummary summary, Predictions predictions, InspectedExamples examples) {
    OutputSpec outputs = predictions.spec();
    return outputs.taskType().hasAccuracy()
        ? summary.curves()
        : residuals(
            predictions.blocks(),
            outputs.width(),
            ResidualDraw.of(examples.count(), outputs.width(), examples.seed()));
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
    Examples drawn = examples.random(PermutationImportance.examples(groups.size()));
    return drawn.count() < 2
        ? List.of()
        : ImportanceJob.run(
            JavaSparkContext.fromSparkContext(spark),
            examples.model(),
            groups,
            new PermutationImportance(drawn, examples.seed()));
  }
}
