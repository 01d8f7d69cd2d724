package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.InputFile;
import io.meanfield.store.Leftovers;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.RunHolders;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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
      return readOrFail(sparkSubmit);
    } catch (UserException e) {
      return failed(e);
    } catch (RuntimeException e) { // Hadoop's, if a file system has no class or wrong settings
      return unreadable(e);
    }
  }

  private JobReport readOrFail(int sparkSubmit) {
    try {
      FileSystem fileSystem = file.getFileSystem(runs.hadoop());
      JobReport report;
      try (InputStream in = InputFile.open(fileSystem, file)) {
        report = Json.parse(InputFile.readBytes(in, InputFile.MAX_BYTES), JobReport.class);
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
    return failed(HadoopLogin.explain(e).orElseGet(() -> unreadable(e.getMessage())));
  }

  private JobReport unreadable(RuntimeException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return failed(unreadable(cause.toString())); // with the type, because it may have no message
  }

  private UserException unreadable(String reason) {
    return new UserException(
        ErrorCode.STORE_UNREADABLE, "cannot read " + HadoopPaths.display(file) + ": " + reason);
  }

  private JobReport failed(UserException error) {
    return JobReport.failed(Optional.of(id), error.code(), error.getMessage());
  }

  private JobReport lost(int sparkSubmit) {
    Optional<RunDirectory> run = runs.find(id);
    Optional<Status> status = run.flatMap(RunDirectory::status);
    return status
        .filter(found -> found.state() == Status.State.RUNNING)
        .flatMap(found -> livingHolder(run.orElseThrow()))
        .map(holder -> running(holder, sparkSubmit))
        .orElseGet(() -> ended(status, sparkSubmit));
  }

  private static Optional<RunHolder> livingHolder(RunDirectory run) {
    return Optional.ofNullable(RunHolders.of(List.of(run)).get(run)).filter(RunHolder::alive);
  }

  private JobReport running(RunHolder holder, int sparkSubmit) {
    return failed(
        new UserException(
            ErrorCode.DRIVER_LOST,
            "spark-submit ended (exit code: "
                + sparkSubmit
                + "), but run "
                + id
                + " continues: "
                + holder
                + " is working on it; wait for its end, which status.json of the run records"));
  }

  private JobReport ended(Optional<Status> status, int sparkSubmit) {
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
