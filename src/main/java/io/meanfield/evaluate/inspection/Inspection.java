package io.meanfield.evaluate.inspection;

import io.meanfield.data.ChosenExamples;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.ColumnGroup;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.Model;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the page of a run shows of a model besides its metrics: the tables {@code curves}, {@code
 * importance}, {@code mean_contributions}, {@code classes} and {@code worst_rows}. They do not
 * depend on the cluster. Driver only.
 *
 * @param examples labelled
 * @param count their number
 * @param permuted the examples of which columns are permuted
 * @param encoder of the examples; empty if they are not rows of a table
 * @param seed determines which examples are drawn
 */
public record Inspection(
    JavaRDD<Examples> examples,
    long count,
    Permuted permuted,
    Optional<TableEncoder> encoder,
    long seed) {
  // With more columns, too few examples would be left for each.
  private static final int MOST_COLUMNS = 500;
  private static final int MOST_NUMBERS = 4_000_000;

  private static final RowTable<CurvePoint> CURVES =
      RowTable.<CurvePoint>named("curves")
          .column("kind", DataTypes.StringType, point -> point.kind().id())
          .column("x", DataTypes.DoubleType, CurvePoint::x)
          .column("y", DataTypes.DoubleType, CurvePoint::y)
          .nullable("label", DataTypes.StringType, CurvePoint::label);
  private static final RowTable<PermutationImportance.OfColumn> IMPORTANCE =
      RowTable.<PermutationImportance.OfColumn>named("importance")
          .column("column", DataTypes.StringType, PermutationImportance.OfColumn::column)
          .column("loss_increase", DataTypes.DoubleType, PermutationImportance.OfColumn::increase)
          .column("deviation", DataTypes.DoubleType, PermutationImportance.OfColumn::deviation)
          .column("repeats", DataTypes.IntegerType, PermutationImportance.OfColumn::repeats)
          .column("examples", DataTypes.IntegerType, PermutationImportance.OfColumn::examples);
  private static final RowTable<MeanContributions.OfColumn> CONTRIBUTIONS =
      RowTable.<MeanContributions.OfColumn>named("mean_contributions")
          .column("column", DataTypes.StringType, MeanContributions.OfColumn::column)
          .column("mean_absolute", DataTypes.DoubleType, MeanContributions.OfColumn::absolute)
          .column("mean", DataTypes.DoubleType, MeanContributions.OfColumn::mean)
          .column("examples", DataTypes.IntegerType, MeanContributions.OfColumn::examples);
  private static final RowTable<ClassName> CLASSES =
      RowTable.<ClassName>named("classes")
          .column("class", DataTypes.IntegerType, ClassName::cls)
          .column("name", DataTypes.StringType, ClassName::name);

  private record ClassName(int cls, String name) {}

  /**
   * Examples and a model that has not seen them.
   *
   * @param count the number of examples
   */
  public record Permuted(Model model, JavaRDD<Examples> examples, long count) {}

  /** Creates an inspection of a model that has seen none of the examples. */
  public Inspection(
      Model model,
      JavaRDD<Examples> examples,
      long count,
      Optional<TableEncoder> encoder,
      long seed) {
    this(examples, count, new Permuted(model, examples, count), encoder, seed);
  }

  /** Deletes the tables of an earlier inspection, which may have been of other examples. */
  public static void delete(RunDirectory run) {
    run.deleteTables(
        List.of(
            CURVES.name(),
            IMPORTANCE.name(),
            CONTRIBUTIONS.name(),
            CLASSES.name(),
            WorstRowsTable.TABLE.name()));
  }

  /**
   * Writes the tables that have rows.
   *
   * @param predictions of the model for the examples
   */
  public void write(RunDirectory run, Predictions predictions) {
    write(run, CURVES, curves(predictions));
    write(run, IMPORTANCE, importance());
    write(run, CONTRIBUTIONS, contributions(predictions.spec()));
    write(run, CLASSES, classes(predictions.spec().classes()));
    write(run, WorstRowsTable.TABLE, worst(predictions));
  }

  private static <T> void write(RunDirectory run, RowTable<T> table, List<T> rows) {
    if (!rows.isEmpty()) {
      table.write(run, rows);
    }
  }

  private List<WorstRowsTable.Entry> worst(Predictions predictions) {
    return encoder
        .map(
            found ->
                WorstRowsTable.entries(
                    predictions.blocks(), examples, found, predictions.spec().isSingleLabel()))
        .orElse(List.of());
  }

  private List<CurvePoint> curves(Predictions predictions) {
    return predictions.spec().taskType().hasAccuracy()
        ? ScoreCurves.of(predictions.scores())
        : Residuals.of(predictions, count, seed);
  }

  /**
   * Returns the table {@code importance} without {@code run_id}, the largest increase of the loss
   * first; without rows if there are fewer than two examples or more than {@value #MOST_COLUMNS}
   * columns.
   */
  public Dataset<Row> importance(SparkSession spark) {
    return IMPORTANCE.frame(
        spark,
        importance().stream()
            .sorted(Comparator.comparingDouble(PermutationImportance.OfColumn::increase).reversed())
            .toList());
  }

  private List<PermutationImportance.OfColumn> importance() {
    int width = permuted.model().network().inputs();
    List<ColumnGroup> columns =
        encoder.map(found -> ColumnGroup.of(found, width)).orElse(List.of());
    if (columns.isEmpty() || columns.size() > MOST_COLUMNS) {
      return List.of();
    }
    int most = Math.min(PermutationImportance.examples(columns.size()), MOST_NUMBERS / width);
    Examples drawn =
        ChosenExamples.random(permuted.examples(), permuted.count(), Math.max(1, most), seed);
    return drawn.count() < 2
        ? List.of()
        : new PermutationImportance(drawn, seed)
            .run(JavaSparkContext.fromSparkContext(examples.context()), permuted.model(), columns);
  }

  private List<MeanContributions.OfColumn> contributions(OutputSpec outputs) {
    return encoder
        .filter(found -> Contributions.isPossible(found, outputs))
        .map(found -> Contributions.of(permuted.model().network(), found, outputs))
        .filter(found -> found.names().size() <= MOST_COLUMNS)
        .map(
            found -> {
              int most =
                  Math.min(
                      MeanContributions.MOST_EXAMPLES,
                      Math.max(1, MOST_NUMBERS / permuted.model().network().inputs()));
              return MeanContributions.of(
                  JavaSparkContext.fromSparkContext(examples.context()),
                  found,
                  permuted.model(),
                  ChosenExamples.random(permuted.examples(), permuted.count(), most, seed));
            })
        .orElse(List.of());
  }

  private List<ClassName> classes(int count) {
    return encoder
        .filter(found -> found.labels().isPresent())
        .map(
            found ->
                IntStream.range(0, count)
                    .mapToObj(
                        cls -> new ClassName(cls, found.labelName(cls).orElse(String.valueOf(cls))))
                    .toList())
        .orElse(List.of());
  }
}
