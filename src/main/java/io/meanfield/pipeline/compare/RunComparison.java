package io.meanfield.pipeline.compare;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RunDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A comparison of runs.
 *
 * @param runs the names of the runs, in the order in which the user named them
 * @param settings what differs
 * @param tests of the first run against each other run
 */
public record RunComparison(
    List<String> runs,
    List<SettingRow> settings,
    List<MetricRow> metrics,
    List<PairedTest> tests,
    List<Curve> curves,
    List<RunCost> costs) {

  /**
   * Compares runs.
   *
   * @throws UserException if a run is named twice, or if a file of a run cannot be read
   */
  public static RunComparison of(List<RunDirectory> directories, Configuration hadoop) {
    List<ComparedRun> runs = read(directories);
    return new RunComparison(
        runs.stream().map(ComparedRun::name).toList(),
        SettingRow.differences(runs),
        MetricRow.of(runs),
        PairedTest.of(runs.get(0), runs.subList(1, runs.size()), hadoop),
        Curve.of(runs),
        runs.stream().map(RunCost::of).toList());
  }

  private static List<ComparedRun> read(List<RunDirectory> directories) {
    Set<String> paths = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (RunDirectory run : directories) {
      ids.add(run.id().value());
      if (!paths.add(run.display())) {
        throw new UserException(
            ErrorCode.WRONG_ARGUMENTS,
            "run " + run.id() + " is named twice; expected different runs");
      }
    }
    boolean idsDiffer = ids.size() == directories.size();
    return directories.stream()
        .map(run -> ComparedRun.read(idsDiffer ? run.id().value() : run.display(), run))
        .toList();
  }
}
