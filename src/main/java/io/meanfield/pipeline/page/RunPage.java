package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page of a run, made of what its directory contains: run.json, status.json and tables. Needs
 * no Spark session. Driver only.
 */
public final class RunPage {
  /** The name of the file in the directory of the run. */
  public static final String NAME = RunDirectory.PAGE;

  // Without the sections of the model: the tables, if there are any, belong to an earlier attempt.
  // The sections of play leave such tables out.
  private static final List<Function<RunRecord, Optional<Section>>> WITHOUT_RESULT =
      List.of(SummarySection::of, LearningSection::of, TimeSection::of, RecordSection::of);
  private static final List<Function<RunRecord, Optional<Section>>> WITH_RESULT =
      List.of(
          SummarySection::of,
          LearningSection::of,
          ClassSection::of,
          ScoreSection::of,
          ResidualSection::of,
          ExampleSection::of,
          ImportanceSection::of,
          TimeSection::of,
          RecordSection::of);
  private static final List<Function<RunRecord, Optional<Section>>> PLAY =
      List.of(
          SummarySection::of,
          ReturnSection::of,
          PlayLearningSection::of,
          TimeSection::of,
          RecordSection::of);

  private RunPage() {}

  /**
   * Returns the page of a run.
   *
   * @throws UserException if the directory is no run, if the run has never been started, or if one
   *     of its files cannot be read
   */
  public static Page of(RunDirectory run) {
    return of(run, status(run));
  }

  /**
   * Returns the status of a run that can have a page.
   *
   * @throws UserException if the directory is no run, or if the run has never been started
   */
  public static Status status(RunDirectory run) {
    return run.status().orElseThrow(() -> notStarted(run));
  }

  private static UserException notStarted(RunDirectory run) {
    return new UserException(
        ErrorCode.WRONG_ARGUMENTS,
        "run "
            + run.id()
            + " has no page, because "
            + run.display()
            + " has no "
            + RunDirectory.STATUS
            + "; run the command of the run again");
  }

  /** Returns the page of a run that ends with a status, which is not written yet. */
  public static Page of(RunDirectory run, Status status) {
    RunRecord found = new RunRecord(run, run.manifest(), status);
    return new Page(
        run.id().value(),
        "Meanfield " + found.command(),
        SummarySection.header(found),
        sections(found).stream().flatMap(section -> section(section, found).stream()).toList());
  }

  private static Optional<Section> section(
      Function<RunRecord, Optional<Section>> section, RunRecord run) {
    run.tablesRead().clear();
    try {
      return section.apply(run);
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      throw run.tablesRead().isEmpty() ? e : unreadable(run, e);
    }
  }

  private static UserException unreadable(RunRecord run, RuntimeException failure) {
    RunDirectory directory = run.directory();
    return new UserException(
        ErrorCode.STORE_UNREADABLE,
        "the page of run "
            + directory.id()
            + " cannot be made: a value of its tables "
            + String.join(", ", run.tablesRead())
            + " is wrong ("
            + UserException.reason(failure)
            + "); restore the tables in "
            + directory.display()
            + "/"
            + RunDirectory.TABLES
            + " from a backup",
        failure);
  }

  private static List<Function<RunRecord, Optional<Section>>> sections(RunRecord run) {
    if (run.plays()) {
      return PLAY;
    }
    return run.hasSucceeded() ? WITH_RESULT : WITHOUT_RESULT;
  }
}
