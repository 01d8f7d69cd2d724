package io.meanfield.gate;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;

/**
 * The result of the gate: all checks.
 *
 * @param profile the profile of the training data; empty if they cannot be read
 * @param drifts the population stability index of label and features, by column; empty if there is
 *     nothing to compare with
 */
public record GateReport(
    List<GateCheck> checks, Optional<DataProfile> profile, Map<String, Double> drifts) {
  static final RowTable<GateCheck> TABLE =
      RowTable.<GateCheck>named("gate")
          .column("check", DataTypes.StringType, check -> check.kind().toString())
          .column("data", DataTypes.StringType, check -> check.data().toString())
          .nullable("column", DataTypes.StringType, GateCheck::column)
          .column("expected", DataTypes.StringType, GateCheck::expected)
          .column("found", DataTypes.StringType, GateCheck::found)
          .column("passed", DataTypes.BooleanType, GateCheck::passed);

  public boolean passed() {
    return failed().isEmpty();
  }

  /** Returns the checks that have failed. */
  public List<GateCheck> failed() {
    return checks.stream().filter(check -> !check.passed()).toList();
  }

  /** Returns one sentence for each check that has failed. */
  public List<String> sentences() {
    return failed().stream().map(GateCheck::sentence).toList();
  }

  /** Returns the result in one line, with every failed check in words. */
  public String summary() {
    return passed()
        ? "the data passed " + checks.size() + " checks"
        : "the data failed %s of %s checks: %s"
            .formatted(
                failed().size(), checks.size(), String.join("; ", sentences()).replace("\n", "; "));
  }

  /**
   * Throws unless all checks have passed.
   *
   * @throws UserException with {@link ErrorCode#DATA_REFUSED} and a line for each failed check
   */
  public void requirePassed() {
    if (!passed()) {
      throw new UserException(ErrorCode.DATA_REFUSED, String.join("\n", sentences()));
    }
  }

  /** Writes table {@code gate} of a run. */
  public void write(RunDirectory run) {
    TABLE.write(run, checks);
  }
}
