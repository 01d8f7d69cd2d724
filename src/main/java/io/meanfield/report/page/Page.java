package io.meanfield.report.page;

import java.util.List;

/**
 * A page: a header, then its sections. All text is plain text; the writer escapes it.
 *
 * @param subtitle one line below the title; may be empty
 * @param facts the few facts of the header that a reader looks for first; may be empty
 */
public record Page(String title, String subtitle, List<Fact> facts, List<Section> sections) {
  public Page {
    Validity.text("the title of a page", title);
    facts = List.copyOf(facts);
    sections = Validity.filled("a page", "section", sections);
    Validity.unique("the sections", sections.stream().map(Section::id).toList());
  }

  /** Returns a page without facts in its header. */
  public Page(String title, String subtitle, List<Section> sections) {
    this(title, subtitle, List.of(), sections);
  }
}
