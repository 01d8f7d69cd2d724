package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The page of a run, made of what its directory contains: run.json, status.json and tables. Needs
 * no Spark session. Driver only.
 */
public final class RunPage {
  /** The name of the file in the directory of the run. */
  public static final String NAME = RunDirectory.PAGE;

  /** A section that the page has if it has blocks. */
  private record Part(String id, String title, Function<RunRecord, List<Block>> blocks) {}

  private static final Part SUMMARY = new Part("summary", "Summary", SummarySection::blocks);
  private static final Part LEARNING = new Part("learning", "Learning", LearningSection::blocks);
  private static final Part TIME = new Part("time", "Time", TimeSection::blocks);
  private static final Part RECORD = new Part("record", "Record", RecordSection::blocks);
  // Without the sections of the model: the tables, if there are any, belong to an earlier attempt.
  // The sections of play leave such tables out.
  private static final List<Part> WITHOUT_RESULT = List.of(SUMMARY, LEARNING, TIME, RECORD);
  private static final List<Part> WITH_RESULT =
      List.of(
          SUMMARY,
          LEARNING,
          new Part("classes", "Classes", ClassSection::blocks),
          new Part("probabilities", "Probabilities", CurveSections::probabilities),
          new Part("errors", "Errors", CurveSections::errors),
          new Part("importance", "Importance of columns", ImportanceSection::blocks),
          TIME,
          RECORD);
  private static final List<Part> PLAY =
      List.of(
          SUMMARY,
          new Part("returns", "Returns", PlaySections::returns),
          new Part("learning", "Learning", PlaySections::learning),
          TIME,
          RECORD);

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
    List<Section> sections = new ArrayList<>();
    for (Part part : parts(found)) {
      List<Block> blocks = blocks(part, found);
      if (!blocks.isEmpty()) {
        sections.add(new Section(part.id(), part.title(), blocks));
      }
    }
    return new Page(
        run.id().value(), "Meanfield " + found.command(), SummarySection.header(found), sections);
  }

  private static List<Part> parts(RunRecord run) {
    if (run.plays()) {
      return PLAY;
    }
    return run.hasSucceeded() ? WITH_RESULT : WITHOUT_RESULT;
  }

  private static List<Block> blocks(Part part, RunRecord run) {
    run.tablesRead().clear();
    try {
      return part.blocks().apply(run);
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
}
