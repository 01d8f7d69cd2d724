package io.meanfield.cli;

import io.meanfield.cli.command.HadoopLogin;
import io.meanfield.cli.command.JobReport;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
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
      return read();
    } catch (FileNotFoundException e) {
      return failed(ErrorCode.DRIVER_LOST, lost(sparkSubmit));
    } catch (IOException | RuntimeException e) { // Hadoop's, if a file system has no class
      UserException error = HadoopLogin.explain(e).orElseGet(() -> unreadable(e));
      return failed(error.code(), error.getMessage());
    }
  }

  private JobReport read() throws IOException {
    FileSystem fileSystem = file.getFileSystem(runs.hadoop());
    JobReport report;
    try (InputStream in = InputFile.open(fileSystem, file)) {
      report = Json.parse(InputFile.readBytes(in, InputFile.MAX_BYTES), JobReport.class);
    }
    fileSystem.delete(file, false);
    return report;
  }

  private UserException unreadable(Exception e) {
    // Hadoop's own exceptions may have no message.
    String reason =
        e instanceof IOException ? e.getMessage() : ExceptionUtils.getRootCauseMessage(e);
    return UserException.of(
        ErrorCode.STORE_UNREADABLE, "cannot read %s: %s", HadoopPaths.display(file), reason);
  }

  private String lost(int sparkSubmit) {
    String state =
        runs.find(id)
            .flatMap(RunDirectory::statusUnlessDamaged)
            .map(
                status ->
                    String.format(
                        Locale.ROOT,
                        "run %s is in state %s; see the driver's log; the same command with"
                            + " --run-id %s continues it, unless its driver still works",
                        id,
                        status.state().name().toLowerCase(Locale.ROOT),
                        id))
            .orElse(
                "run %s has not begun; see the messages of spark-submit and the driver's log"
                    .formatted(id));
    return "the driver ended without a result (exit code of spark-submit: %s); %s"
        .formatted(sparkSubmit, state);
  }

  private JobReport failed(ErrorCode code, String message) {
    return JobReport.failed(Optional.of(id), code, message);
  }
}
