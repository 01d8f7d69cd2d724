package io.meanfield.pipeline.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Part RECORD = new Part("record", "Record", RecordSection::blocks);
  private static final Part NIGHTS = new Part("nights", "Nights", NightsSection::blocks);
  private static final Part GATE = new Part("gate", "Data gate", GateSection::blocks);
  private static final Part DRIFT = new Part("drift", "Drift", DriftSection::blocks);
  private static final List<Part> REFUSED = List.of(SUMMARY, GATE, DRIFT, NIGHTS, RECORD);
  // Without the sections of the model, which play does not have: the tables of another run that has
  // not succeeded, if there are any, belong to an earlier attempt.
  private static final List<Part> WITHOUT_RESULT = List.of(SUMMARY, LEARNING, RECORD);
  private static final List<Part> WITH_RESULT =
      List.of(
          new Part("result", "Result", ResultSection::blocks),
          new Part("trials", "Trials", TrialsSection::blocks),
          new Part("columns", "Rows and columns", ColumnsSection::blocks),
          SUMMARY,
          new Part("decision", "Champion and challenger", DecisionSection::blocks),
          NIGHTS,
          GATE,
          DRIFT,
          LEARNING,
          new Part("classes", "Classes", ClassSection::blocks),
          new Part("intervals", "How sure the model is", IntervalSection::blocks),
          new Part("probabilities", "Probabilities", CurveSections::probabilities),
          new Part("errors", "Errors", CurveSections::errors),
          new Part("importance", "Importance of columns", ImportanceSection::blocks),
          new Part("slices", "Slices", SliceSection::blocks),
          new Part("worst", "Worst rows", WorstSection::blocks),
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
    return UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "run %s has no page, because %s has no %s; run the command of the run again",
        run.id(),
        run.display(),
        RunDirectory.STATUS);
  }

  /** Returns the page of a run that ends with a status, which is not written yet. */
  public static Page of(RunDirectory run, Status status) {
    return of(run.id().value(), RunRecord.of(run, run.manifest(), status));
  }

  /**
   * Returns the page of a training that is no run.
   *
   * @param title of the page
   * @param manifest as that of a run
   * @param status as that of a run that has succeeded
   * @param tables as those of a run
   */
  public static Page of(
      String title, Manifest manifest, Status status, Map<String, List<StoredRow>> tables) {
    return of(
        title,
        new RunRecord(
            Optional.empty(),
            manifest,
            status,
            name -> tables.getOrDefault(name, List.of()),
            () -> List.of()));
  }

  private static Page of(String title, RunRecord found) {
    List<Section> sections = new ArrayList<>();
    for (Part part : parts(found)) {
      List<Block> blocks = part.blocks().apply(found);
      if (!blocks.isEmpty()) {
        sections.add(new Section(part.id(), part.title(), blocks));
      }
    }
    return new Page(title, "Meanfield " + found.command(), SummarySection.header(found), sections);
  }

  private static List<Part> parts(RunRecord run) {
    if (run.isRefused()) {
      return REFUSED;
    }
    return run.plays() || !run.hasSucceeded() ? WITHOUT_RESULT : WITH_RESULT;
  }
}
