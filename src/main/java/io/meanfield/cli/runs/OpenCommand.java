package io.meanfield.cli.runs;

import io.meanfield.cli.command.CommandOutput;
import io.meanfield.cli.command.QueryCommand;
import io.meanfield.cli.command.RunText;
import io.meanfield.cli.command.Sessions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.report.page.Page;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.store.file.ExportedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "open",
    mixinStandardHelpOptions = true,
    description =
        "Write the page of a run again, from its records and tables, and print where it is: in the"
            + " run, or in the working directory if the run has not ended or cannot be written."
            + " Starts no Spark session.",
    footer = {
      "",
      "Example: scripts/submit open mnist-1",
      "         scripts/submit open --out mnist-1.html s3a://bucket/runs/mnist-1"
    })
public final class OpenCommand extends QueryCommand {
  @Parameters(paramLabel = "RUN", description = RunText.RUN)
  private String name;

  @Option(names = "--out", paramLabel = "FILE", description = "Write the page to this file.")
  private String out;

  /**
   * A page.
   *
   * @param note why the page is not in the run; empty if it is where the user expects it
   */
  record Opened(String runId, String page, Optional<String> note) {}

  @Override
  public CommandOutput output(JobSettings settings) {
    Configuration hadoop = Sessions.hadoop();
    RunDirectory run = new Runs(hadoop, settings.run().directory()).named(name);
    Opened opened =
        out == null
            ? intoRun(hadoop, run)
            : new Opened(run.id().value(), write(hadoop, out, RunPage.of(run)), Optional.empty());
    List<String> lines = new ArrayList<>();
    opened.note().ifPresent(note -> lines.add("note     " + note));
    lines.add("page     " + opened.page());
    return CommandOutput.done(lines, opened);
  }

  // Takes no lease: all processes write the same page of a run that has ended, because it is a
  // function of the other files of the run and, of retrain, of the nights before it. The process of
  // a run that has not ended may write a newer page at the same time.
  private static Opened intoRun(Configuration hadoop, RunDirectory run) {
    Status status = RunPage.status(run);
    Page page = RunPage.of(run, status);
    if (status.state() == Status.State.RUNNING) {
      return outside(hadoop, run, page, "the run has not ended, so its page is not in the run");
    }
    String id = run.id().value();
    try {
      Path file = new Path(run.model().getParent(), RunPage.NAME);
      return new Opened(id, write(hadoop, file.toString(), page), Optional.empty());
    } catch (UserException unwritable) {
      if (unwritable.code() != ErrorCode.STORE_UNWRITABLE) {
        throw unwritable;
      }
      return outside(hadoop, run, page, "the run cannot be written: " + unwritable.getMessage());
    }
  }

  private static Opened outside(Configuration hadoop, RunDirectory run, Page page, String note) {
    String id = run.id().value();
    return new Opened(id, write(hadoop, id + ".html", page), Optional.of(note));
  }

  /** Writes a page at a path that the user chose; returns the path, for messages. */
  public static String write(Configuration hadoop, String location, Page page) {
    return ExportedFile.write(hadoop, location, page::write);
  }
}
