package io.meanfield.pipeline.page;

import io.meanfield.report.page.Page;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.util.List;

/**
 * The page of a run, made of what its directory contains: run.json, status.json and tables. Needs
 * no Spark session. Driver only.
 */
public final class RunPage {
  /** The name of the file in the directory of the run. */
  public static final String NAME = "report.html";

  private RunPage() {}

  /**
   * Returns the page of a run.
   *
   * @throws io.meanfield.error.UserException if the directory is no run, or if one of its files
   *     cannot be read
   */
  public static Page of(RunDirectory run) {
    return of(run, run.status().orElseThrow());
  }

  /** Returns the page of a run that ends with a status, which is not written yet. */
  public static Page of(RunDirectory run, Status status) {
    return new Page(
        run.id().value(),
        "Meanfield",
        List.of(
            new Section("summary", "Summary", List.of(new Paragraph(status.message())))));
  }
}
