package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesPageTest {
  @TempDir private Path folder;

  @Test
  void endBelowTheMarkIsReplaced() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "# Title\n" + TablesPage.MARK + "\nold tables\n");
    new TablesPage(file).replaceEnd("new tables\n");
    assertThat(file).hasContent("# Title\n" + TablesPage.MARK + "\nnew tables\n");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void pageWithoutMarkIsKept() throws IOException {
    Path file = folder.resolve("page.md");
    Files.writeString(file, "# Title\n");
    assertThatThrownBy(() -> new TablesPage(file).replaceEnd("new tables\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "expected the line <!-- The rest of this page is the output of dev/bench scaling. --> in "
                + file
                + ", below which the tables belong");
    assertThat(file).hasContent("# Title\n");
  }

  @Test
  void pageOfTheRepositoryHasTheMark() throws IOException {
    assertThat(Files.readString(Path.of("docs/scaling.md"))).contains(TablesPage.MARK);
  }
}
