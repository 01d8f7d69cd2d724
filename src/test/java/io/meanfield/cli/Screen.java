package io.meanfield.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model of a terminal, which interprets the few control characters that Meanfield sends. Any
 * other escape sequence is an error.
 */
public final class Screen {
  private static final Pattern TOKEN =
      Pattern.compile("\u001b\\[(\\?7h|\\?7l|J)|.", Pattern.DOTALL);

  private final int width;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;
  private boolean wraps = true;

  public Screen(int width) {
    this.width = width;
  }

  /** Receives output. */
  public Screen write(String output) {
    Matcher tokens = TOKEN.matcher(output);
    while (tokens.find()) {
      receive(tokens.group());
    }
    return this;
  }

  private void receive(String token) {
    switch (token) {
      case "\r" -> column = 0;
      case "\n" -> lineFeed();
      case "\u001b[J" -> eraseBelow();
      case "\u001b[?7h" -> wraps = true;
      case "\u001b[?7l" -> wraps = false;
      default -> put(token.charAt(0));
    }
  }

  private void lineFeed() {
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  private void eraseBelow() {
    rows.get(row).setLength(Math.min(column, rows.get(row).length()));
    rows.subList(row + 1, rows.size()).clear();
  }

  private void put(char character) {
    if (character < ' ') {
      throw new IllegalArgumentException("unexpected control character " + (int) character);
    }
    if (column == width && wraps) {
      lineFeed();
    }
    int at = Math.min(column, width - 1);
    StringBuilder line = rows.get(row);
    line.append(" ".repeat(Math.max(0, at + 1 - line.length())));
    line.setCharAt(at, character);
    column = Math.min(width, column + 1);
  }

  /** Returns the rows from the top; the last row is empty if the cursor is at its beginning. */
  public List<String> rows() {
    return rows.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  /** Returns the row of the cursor. */
  public String currentRow() {
    return rows().get(row);
  }
}
