package io.meanfield.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs/configuration.md");

  @Test
  void generatedPageIsUpToDate() throws IOException {
    String page = ConfigurationPage.render();
    if (System.getenv("CONFIGURATION_WRITE") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).as("run dev/configuration").isEqualTo(page);
  }

  @Test
  void pageListsEveryKeyThatIsRead() {
    Set<String> onPage = new TreeSet<>(ConfigurationPage.defaultKeys().keySet());
    ConfigurationPage.OPTIONAL.forEach(each -> onPage.add(each.key()));
    assertThat(ConfigurationPage.readKeys()).isEqualTo(onPage);
  }
}
