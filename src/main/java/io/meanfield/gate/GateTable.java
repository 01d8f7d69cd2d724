package io.meanfield.gate;

import io.meanfield.store.RowTable;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code gate}: one row for each check. */
final class GateTable {
  static final RowTable<GateCheck> TABLE =
      RowTable.<GateCheck>named("gate")
          .column("check", DataTypes.StringType, check -> check.kind().toString())
          .column("data", DataTypes.StringType, check -> check.data().toString())
          .nullable("column", DataTypes.StringType, GateCheck::column)
          .column("expected", DataTypes.StringType, GateCheck::expected)
          .column("found", DataTypes.StringType, GateCheck::found)
          .column("passed", DataTypes.BooleanType, GateCheck::passed);

  private GateTable() {}
}
