package io.meanfield.bench.scaling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A Markdown page whose end, below a line that marks it, is the output of a program. */
final class TablesPage {
  static final String MARK = "<!-- The rest of this page is the output of dev/bench scaling. -->\n";

  private final Path file;

  TablesPage(Path file) {
    this.file = file;
  }

  /**
   * Replaces what is below the mark.
   *
   * @throws IllegalArgumentException if the page has no mark
   */
  void replaceEnd(String tables) {
    try {
      String page = Files.readString(file);
      int mark = page.indexOf(MARK);
      if (mark < 0) {
        throw new IllegalArgumentException(
            "expected the line "
                + MARK.strip()
                + " in "
                + file
                + ", below which the tables belong");
      }
      Path written = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(written, page.substring(0, mark + MARK.length()) + "\n" + tables);
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tables to " + file, e);
    }
  }
}
