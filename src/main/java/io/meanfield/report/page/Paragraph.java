package io.meanfield.report.page;

/** A paragraph of text. Text between two backticks is set as code. */
public record Paragraph(String text) implements Block {
  public Paragraph {
    Validity.text("a paragraph", text);
  }
}
