package io.meanfield.pipeline.retrain;

import io.meanfield.promotion.Decision;
import io.meanfield.promotion.Verdict;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code decisions}: one row for each part of the rule. */
public final class DecisionTable {
  /** A part of the rule with the decision that it belongs to. */
  record Source(
      Optional<Integer> champion, Optional<Integer> challenger, Decision decision, Verdict part) {}

  static final RowTable<Source> TABLE =
      RowTable.<Source>named("decisions")
          .nullable("champion_version", DataTypes.IntegerType, Source::champion)
          .nullable("challenger_version", DataTypes.IntegerType, Source::challenger)
          .column("metric", DataTypes.StringType, row -> row.decision().metric().column())
          .nullable("champion_value", DataTypes.DoubleType, row -> row.decision().champion())
          .nullable("challenger_value", DataTypes.DoubleType, row -> row.decision().challenger())
          .column("rule", DataTypes.StringType, row -> row.part().rule())
          .nullable("value", DataTypes.DoubleType, row -> row.part().value())
          .nullable("bound", DataTypes.DoubleType, row -> row.part().bound())
          .column("passed", DataTypes.BooleanType, row -> row.part().passed())
          .column("reason", DataTypes.StringType, row -> row.part().reason());

  private DecisionTable() {}

  /**
   * Writes the table, which replaces that of an earlier attempt.
   *
   * @param champion the version of the champion; empty if there is none
   * @param challenger the version of the challenger; empty if none was registered
   */
  public static void write(
      RunDirectory run,
      Optional<Integer> champion,
      Optional<Integer> challenger,
      Decision decision) {
    TABLE.write(
        run,
        decision.verdicts().stream()
            .map(part -> new Source(champion, challenger, decision, part))
            .toList());
  }
}
