package io.meanfield.pipeline.page;

import io.meanfield.settings.Section;
import java.util.Locale;

/** What the page of a run shows, and what is computed for it: the value of run.page. */
public enum PageContent {
  /** Everything. */
  FULL,
  /** There is no page, and nothing is computed for one. */
  NONE;

  /** Reads the setting. */
  public static PageContent read(Section run) {
    return run.choice("page", PageContent.class);
  }

  /** Returns the value of the setting. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
