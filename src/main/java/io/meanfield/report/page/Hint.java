package io.meanfield.report.page;

/**
 * Advice in words, set apart from the text around it. Text between two backticks is set as code.
 */
public record Hint(String text) implements Block {
  public Hint {
    Validity.text("a hint", text);
  }
}
