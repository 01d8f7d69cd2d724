package io.meanfield.report.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A part of a section. */
public sealed interface Block
    permits Block.Prose, Block.Facts, Block.Confusion, Block.Folded, Table, Chart {
  /** Returns the block by its kind, such as "chart", for which the template has a section. */
  default Map<String, Block> byKind() {
    return Map.of(getClass().getSimpleName().toLowerCase(Locale.ROOT), this);
  }

  /** A paragraph. Text between two backticks is set as code. */
  record Prose(String text, boolean hint) implements Block {
    /** A part of a paragraph. */
    record Part(String text, boolean code) {}

    /** Returns a paragraph. */
    public Prose(String text) {
      this(text, false);
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

  /** A table of which a reader first sees the caption only. */
  record Folded(Table content) implements Block {}

  /**
   * A confusion matrix, whose cells the script of the page colors.
   *
   * @param names of the classes
   * @param counts [actual, predicted]
   */
  record Confusion(String caption, List<String> names, long[][] counts) implements Block {
    /** A row of the matrix. */
    record Row(String name, boolean first, List<String> cells) {}

    int size() {
      return names.size();
    }

    List<Row> rows() {
      return IntStream.range(0, names.size())
          .mapToObj(row -> new Row(names.get(row), row == 0, cells(counts[row])))
          .toList();
    }

    private static List<String> cells(long[] row) {
      return LongStream.of(row).mapToObj(n -> String.format(Locale.ROOT, "%,d", n)).toList();
    }
  }
}
