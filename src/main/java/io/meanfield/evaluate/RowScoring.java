package io.meanfield.evaluate;

import io.meanfield.batch.ForwardPass;
import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Examples;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.store.RunId;
import io.meanfield.store.table.RowTable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Scores rows where they are read, block by block; nothing is shuffled or cached. Driver only. Its
 * table has the columns {@code run_id}, the id, the copied columns, {@code model_run_id}, {@code
 * model_version} and {@link PredictionColumns}.
 */
public final class RowScoring {
  private final Model model;
  private final ModelSource source;
  private final InputRows rows;
  private final PredictionColumns columns;
  private final List<Contributions> contributions;
  private final List<String> leftOut;
  private final RowTable<ScoredRow> table;
  private final RowCounts counts;

  /**
   * Prepares the scoring; reads nothing.
   *
   * @param passed the columns of the rows that are copied; of all columns, those whose name a
   *     column of the predictions has are left out
   * @param explained what explains the rows; empty for predictions only
   */
  public RowScoring(
      Model model,
      ModelSource source,
      InputRows rows,
      PassedColumns passed,
      PredictionColumns columns,
      Optional<Contributions> explained) {
    this.model = model;
    this.source = source;
    this.rows = rows;
    this.columns = columns;
    this.counts = new RowCounts(rows.blocks().context(), rows.inputs());
    this.contributions = explained.stream().toList();
    this.leftOut = passed.all() ? taken() : List.of();
    this.table = table(columns.addTo(copied(leftOut)));
  }

  /** Returns the columns of the table. */
  public StructField[] fields() {
    return table.schema().fields();
  }

  /** Returns the number of rows that have been written. */
  public long count() {
    return counts.rows();
  }

  /**
   * Returns a sentence for each column with categories that training has not seen, and one for the
   * columns that are not copied.
   */
  public List<String> notes() {
    return Stream.concat(counts.notes().stream(), leftOutNote().stream()).toList();
  }

  private Optional<String> leftOutNote() {
    return leftOut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "columns of the data that predict writes itself are not copied: "
                + String.join(", ", leftOut));
  }

  /** Returns the columns of the rows that have the name of a column of the predictions. */
  private List<String> taken() {
    List<String> names = Arrays.asList(rows.columns().fieldNames());
    Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    RowTable<ScoredRow> alone = table(columns.addTo(copied(names.subList(1, names.size()))));
    written.addAll(Arrays.asList(alone.schema().fieldNames()));
    return names.stream().skip(1).filter(written::contains).toList();
  }

  private RowTable<ScoredRow> table(RowTable<ScoredRow> predicted) {
    return contributions.isEmpty()
        ? predicted
        : ContributionColumns.addTo(
            predicted, contributions.get(0).names(), ScoredRow::contributions);
  }

  private RowTable<ScoredRow> copied(List<String> without) {
    RowTable<ScoredRow> copied = RowTable.named("predictions");
    StructField[] fields = rows.columns().fields();
    for (int i = 0; i < fields.length; i++) {
      int column = i;
      if (i == 0 || !without.contains(fields[i].name())) { // the id is the first
        copied = copied.column(fields[i], row -> row.value(column));
      }
    }
    String run = source.run();
    return copied
        .column("model_run_id", DataTypes.StringType, row -> run)
        .nullable("model_version", DataTypes.IntegerType, Prediction.constant(source.version()));
  }

  /** Returns the scored rows, which are computed when they are written. */
  public Dataset<Row> score(SparkSession spark, RunId run) {
    EngineNetwork network = model.network();
    OutputSpec spec = columns.spec();
    RowCounts counted = counts;
    List<Contributions> explaining = contributions; // the closure must not capture this object
    Broadcast<LearnerState> state =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(model.state().withoutOptimizerState());
    JavaRDD<ScoredRow> scored =
        rows.blocks()
            .flatMap(
                block -> {
                  counted.add(block);
                  return score(spec, explaining, network, state.value(), block);
                });
    return table.frame(spark, run, GpuTasks.withGpus(scored));
  }

  private static Iterator<ScoredRow> score(
      OutputSpec spec,
      List<Contributions> explaining,
      EngineNetwork network,
      LearnerState state,
      InputRows.RowBlock block) {
    Examples examples = block.examples();
    PredictionBlock outputs =
        new PredictionBlock(
            examples.ids(),
            new String[0],
            new float[0],
            ForwardPass.outputs(network, state, examples),
            spec);
    List<Contributions.OfRow> explained =
        explaining.stream().flatMap(each -> each.of(state, examples).stream()).toList();
    ScoredRow[] scored = new ScoredRow[outputs.count()];
    Arrays.setAll(scored, row -> new ScoredRow(block.values().get(row), outputs, row, explained));
    return Arrays.asList(scored).iterator();
  }
}
