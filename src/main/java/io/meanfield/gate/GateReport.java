package io.meanfield.gate;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;

/**
 * The result of the gate: all checks.
 *
 * @param profile the profile of the training data; empty if they cannot be read
 */
public record GateReport(List<GateCheck> checks, Optional<DataProfile> profile, DriftReport drift) {
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

  /** Returns one line for each check that has failed, with its place in table {@code gate}. */
  public List<String> refusals() {
    return IntStream.range(0, checks.size())
        .filter(i -> !checks.get(i).passed())
        .mapToObj(
            i ->
                "check %s of %s (%s) refused the data: %s"
                    .formatted(
                        i + 1, checks.size(), checks.get(i).kind(), checks.get(i).sentence()))
        .toList();
  }

  /** Returns lines for a person about data that have passed. */
  public List<String> lines() {
    return Stream.concat(
            Stream.of("gate     the data passed " + checks.size() + " checks"),
            drift.lines().stream())
        .toList();
  }

  /**
   * Throws unless all checks have passed.
   *
   * @throws UserException with {@link ErrorCode#DATA_REFUSED} and a line for each failed check
   */
  public void requirePassed() {
    if (!passed()) {
      throw new UserException(ErrorCode.DATA_REFUSED, String.join("\n", refusals()));
    }
  }

  /** Writes the tables {@code gate} and {@code drift} of a run. */
  public void write(RunDirectory run) {
    TABLE.write(run, checks);
    drift.write(run);
  }
}
