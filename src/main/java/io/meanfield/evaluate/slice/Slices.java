package io.meanfield.evaluate.slice;

import io.meanfield.data.ColumnTexts;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.evaluate.Evaluation;
import io.meanfield.evaluate.Predictions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictionBlock;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Evaluates predictions on each slice of columns, and writes the table {@code slices}. The bits of
 * the values do not depend on the cluster. Driver only.
 */
public final class Slices {
  private static final String ALL = "all rows";

  /** A metric of a slice; a row of the table. */
  private record Entry(int rank, Slice slice, Slice.Value metric) {}

  private static final RowTable<Entry> TABLE =
      RowTable.<Entry>named("slices")
          .column("column", DataTypes.StringType, row -> row.slice().column())
          .column("rank", DataTypes.IntegerType, Entry::rank)
          .column("slice", DataTypes.StringType, row -> row.slice().name())
          .column("kind", DataTypes.StringType, row -> row.slice().kind().id())
          .column("examples", DataTypes.LongType, row -> row.slice().examples())
          .column("metric", DataTypes.StringType, row -> row.metric().metric())
          .column("value", DataTypes.DoubleType, row -> row.metric().value())
          .nullable("low", DataTypes.DoubleType, row -> finite(row.metric().low()))
          .nullable("high", DataTypes.DoubleType, row -> finite(row.metric().high()));

  private final JavaRDD<SlicedRows> rows;
  private final OutputSpec outputs;
  private final List<String> targets;
  private final SlicingChoice choice;

  private Slices(
      JavaRDD<SlicedRows> rows, OutputSpec outputs, List<String> targets, SlicingChoice choice) {
    this.rows = rows;
    this.outputs = outputs;
    this.targets = targets;
    this.choice = choice;
  }

  private static Optional<Double> finite(double value) {
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  /**
   * Returns the slices of each column, the worst one first, and after them all rows.
   *
   * @param count the number of examples
   * @param texts of the columns, in their order
   * @param targets the names of the outputs; those of classes have none
   */
  public static List<Slice> of(
      Predictions predictions,
      long count,
      List<String> columns,
      JavaRDD<ColumnTexts> texts,
      Optional<TableEncoder> encoder,
      List<String> targets) {
    JavaRDD<SlicedRows> rows =
        predictions
            .blocks()
            .zipPartitions(texts, SlicedRows::of)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Slices slices =
          new Slices(rows, predictions.spec(), targets, new SlicingChoice(rows, count, encoder));
      return IntStream.range(0, columns.size())
          .boxed()
          .flatMap(column -> slices.of(columns.get(column), column).stream())
          .toList();
    } finally {
      rows.unpersist();
    }
  }

  private List<Slice> of(String name, int column) {
    Slicing slicing = choice.of(name, column);
    List<SliceSums> sums =
        SliceSums.total(rows.map(part -> part.sums(slicing, column)).collect(), slicing.count());
    List<Slice> slices = new ArrayList<>();
    for (int slice = 0; slice < slicing.count(); slice++) {
      if (sums.get(slice).hasWeight()) {
        int chosen = slice;
        slices.add(
            Slice.of(
                name,
                slicing.name(slice),
                slicing.kind(slice),
                sums.get(slice),
                evaluation(rows.map(part -> part.in(slicing, column, chosen))),
                outputs,
                targets));
      }
    }
    slices.sort(Comparator.comparingDouble(Slice::error).reversed());
    slices.add(all(name));
    return slices;
  }

  private Slice all(String name) {
    SliceSums sums = SliceSums.total(rows.map(SlicedRows::sums).collect(), 1).get(0);
    return Slice.of(
        name, ALL, Slice.Kind.ALL, sums, evaluation(rows.map(SlicedRows::block)), outputs, targets);
  }

  private Evaluation evaluation(JavaRDD<PredictionBlock> blocks) {
    return Predictions.evaluate(blocks.filter(block -> block.count() > 0), outputs);
  }

  /** Deletes the table of an earlier evaluation. */
  public static void delete(RunDirectory run) {
    run.deleteTables(List.of(TABLE.name()));
  }

  /** Writes the table {@code slices}, a row for each metric of each slice. */
  public static void write(RunDirectory run, List<Slice> slices) {
    List<Entry> entries = new ArrayList<>();
    int rank = 0;
    for (Slice slice : slices) {
      rank = slice.kind() == Slice.Kind.ALL ? 0 : rank + 1;
      for (Slice.Value metric : slice.metrics()) {
        entries.add(new Entry(rank, slice, metric));
      }
    }
    TABLE.write(run, entries);
  }
}
