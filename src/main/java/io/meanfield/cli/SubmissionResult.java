package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.BoundedBytes;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.Json;
import io.meanfield.store.Leftovers;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The outcome of a driver in cluster deploy mode, read on the submitting machine after the cluster
 * manager has reported the end of the driver.
 *
 * @param file into which the driver has written its report
 */
record SubmissionResult(Runs runs, RunId id, Path file) {
  /**
   * Returns the report and deletes its file. A driver that was killed has written none: the report
   * is then a failure that names the state of the run. The report of a file that cannot be read is
   * a failure, too.
   *
   * @param sparkSubmit the exit code of spark-submit
   */
  JobReport read(int sparkSubmit) {
    try {
      FileSystem fileSystem = file.getFileSystem(runs.hadoop());
      JobReport report;
      try (InputStream in = fileSystem.open(file)) {
        report = Json.parse(BoundedBytes.read(in, BoundedBytes.SMALL), JobReport.class);
      }
      fileSystem.delete(file, false);
      // Reports that were not read, because the submitting process was killed.
      new Leftovers(runs.hadoop(), file.getParent(), "").delete();
      return report;
    } catch (FileNotFoundException e) {
      return lost(sparkSubmit);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private JobReport unreadable(IOException e) {
    UserException error =
        HadoopLogin.explain(e)
            .orElseGet(
                () ->
                    new UserException(
                        ErrorCode.STORE_UNREADABLE,
                        "cannot read " + HadoopPaths.display(file) + ": " + e.getMessage()));
    return JobReport.failed(Optional.of(id), error.code(), error.getMessage());
  }

  private JobReport lost(int sparkSubmit) {
    Optional<Status> status = runs.find(id).flatMap(run -> run.status());
    String state =
        status
            .map(
                found ->
                    "run "
                        + id
                        + " is in state "
                        + found.state().name().toLowerCase(Locale.ROOT)
                        + "; see the driver's log; the same command with --run-id "
                        + id
                        + " continues it")
            .orElse(
                "run "
                    + id
                    + " has not begun; see the messages of spark-submit and the driver's log");
    return JobReport.failed(
        Optional.of(id),
        ErrorCode.DRIVER_LOST,
        "the driver ended without a result (exit code of spark-submit: "
            + sparkSubmit
            + "); "
            + state);
  }
}
