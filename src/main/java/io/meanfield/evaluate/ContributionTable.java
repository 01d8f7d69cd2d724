package io.meanfield.evaluate;

import io.meanfield.batch.GpuTasks;
import io.meanfield.data.Examples;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code contributions} of a run: a row for each example. Driver only. */
public final class ContributionTable {
  /** The name of the table. */
  public static final String NAME = "contributions";

  private ContributionTable() {}

  /** An example; it stays in the task that made it. */
  private record Explained(Examples block, int row, Contributions.OfRow contributions) {
    Optional<String> key() {
      return block.externalId(row);
    }
  }

  /** Computes and writes the table. */
  public static void write(
      SparkSession spark,
      RunDirectory run,
      Model model,
      Contributions contributions,
      JavaRDD<Examples> examples) {
    Broadcast<LearnerState> state =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(model.state().withoutOptimizerState());
    try {
      RowTable<Explained> table =
          RowTable.<Explained>named(NAME)
              .column("example_id", DataTypes.LongType, row -> row.block().ids()[row.row()])
              .nullable("example_key", DataTypes.StringType, Explained::key)
              .column("class", DataTypes.IntegerType, row -> row.contributions().cls());
      ContributionColumns.addTo(table, contributions.names(), Explained::contributions)
          .write(
              spark,
              run,
              GpuTasks.withGpus(
                  examples.flatMap(block -> explained(contributions, state.value(), block))));
    } finally {
      state.destroy();
    }
  }

  private static Iterator<Explained> explained(
      Contributions contributions, LearnerState state, Examples block) {
    List<Contributions.OfRow> rows = contributions.of(state, block);
    return IntStream.range(0, block.count())
        .mapToObj(row -> new Explained(block, row, rows.get(row)))
        .iterator();
  }
}
