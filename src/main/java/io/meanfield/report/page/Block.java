package io.meanfield.report.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A part of a section. Each kind has a method of its name, by which the template finds it. */
public sealed interface Block permits Block.Prose, Block.Facts, Block.Confusion, Table, Chart {
  /** A paragraph. Text between two backticks is set as code. */
  record Prose(String text, boolean hint) implements Block {
    /** A part of a paragraph. */
    record Part(String text, boolean code) {}

    /** Returns a paragraph. */
    public Prose(String text) {
      this(text, false);
    }

    Prose prose() {
      return this;
    }

    /** Returns the text in parts, every second of which is code. */
    List<Part> parts() {
      List<String> parts = List.of(text.split("`", -1));
      return parts.size() % 2 == 0
          ? List.of(new Part(text, false))
          : IntStream.range(0, parts.size())
              .mapToObj(i -> new Part(parts.get(i), i % 2 == 1))
              .toList();
    }
  }

  /** Facts, one below the other. */
  record Facts(List<Fact> facts) implements Block {}

  /**
   * A confusion matrix, whose counts are colors.
   *
   * @param names of the classes
   * @param counts [actual, predicted]
   */
  record Confusion(String caption, List<String> names, long[][] counts) implements Block {
    private static final int LEVELS = 9;
    private static final int NARROW = 6; // columns that fit beside another block
    private static final int SHORT_NAME = 4; // letters that fit above a cell

    /** A row of the matrix. */
    record Row(String name, boolean first, List<Cell> cells) {}

    /**
     * A cell of the matrix.
     *
     * @param level of its color, from 0
     * @param same whether the actual class was predicted
     */
    record Cell(String count, int level, boolean same) {}

    Confusion confusion() {
      return this;
    }

    int size() {
      return names.size();
    }

    boolean many() {
      return names.size() > NARROW;
    }

    boolean upright() {
      return names.stream().anyMatch(name -> name.length() > SHORT_NAME);
    }

    List<Row> rows() {
      return IntStream.range(0, names.size())
          .mapToObj(row -> new Row(names.get(row), row == 0, cells(row)))
          .toList();
    }

    private List<Cell> cells(int row) {
      return IntStream.range(0, names.size())
          .mapToObj(i -> cell(counts[row][i], i == row))
          .toList();
    }

    private Cell cell(long count, boolean same) {
      return new Cell(String.format(Locale.ROOT, "%,d", count), level(count), same);
    }

    // The square root shows the few errors beside the many right answers.
    private int level(long count) {
      long largest = 1;
      for (long[] row : counts) {
        for (long each : row) {
          largest = Math.max(largest, each);
        }
      }
      return (int) Math.ceil(LEVELS * Math.sqrt((double) count / largest));
    }
  }
}
