package io.meanfield.reinforce;

import io.meanfield.reinforce.environment.EpisodeRow;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/** Writes the tables {@code episodes} and {@code evaluations}. */
public final class PlayTables {
  private static final RowTable<EpisodeRow> EPISODES =
      RowTable.<EpisodeRow>named("episodes")
          .column("worker", DataTypes.IntegerType, EpisodeRow::worker)
          .column("episode", DataTypes.IntegerType, EpisodeRow::episode)
          .column("worker_step", DataTypes.LongType, EpisodeRow::workerStep)
          .column("steps", DataTypes.IntegerType, EpisodeRow::steps)
          .column("return", DataTypes.DoubleType, EpisodeRow::rewards)
          .column("epsilon", DataTypes.DoubleType, EpisodeRow::epsilon)
          .column("truncated", DataTypes.BooleanType, EpisodeRow::truncated);
  private static final RowTable<EvaluationRow> EVALUATIONS =
      RowTable.<EvaluationRow>named("evaluations")
          .column(
              "episode_set", DataTypes.StringType, row -> row.set().name().toLowerCase(Locale.ROOT))
          .column("epoch", DataTypes.IntegerType, EvaluationRow::epoch)
          .column("worker_steps", DataTypes.LongType, EvaluationRow::steps)
          .column("episodes", DataTypes.IntegerType, EvaluationRow::episodes)
          .column(ReinforceSettings.MEAN_RETURN, DataTypes.DoubleType, EvaluationRow::mean)
          .column("min_return", DataTypes.DoubleType, EvaluationRow::least)
          .column("max_return", DataTypes.DoubleType, EvaluationRow::most);

  private PlayTables() {}

  /**
   * Writes both tables.
   *
   * @param test the evaluation of the best weights
   */
  public static void write(RunDirectory run, PlayState state, EvaluationRow test) {
    EPISODES.write(run, state.episodes());
    List<EvaluationRow> all = Stream.concat(state.evaluations().stream(), Stream.of(test)).toList();
    EVALUATIONS.write(run, all);
  }
}
