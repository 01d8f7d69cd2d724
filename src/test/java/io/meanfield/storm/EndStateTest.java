package io.meanfield.storm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndStateTest {
  @TempDir private Path folder;

  private Site site(String name) throws IOException {
    Site site = new Site(folder.resolve(name), folder.resolve("data"));
    write(site, "runs/r/status.json", "{\"state\": \"succeeded\", \"finished\": \"" + name + "\"}");
    write(site, "runs/r/run.json", "{\"directory\": \"" + site.folder() + "/runs\"}");
    write(site, "runs/r/lease/000001.json", name);
    write(site, "runs/r/lease/000001.released", "{}");
    write(site, "runs/r/metrics.prom", "meanfield_run_duration_seconds{} " + name + "\nx{} 1\n");
    return site;
  }

  private static void write(Site site, String name, String text) throws IOException {
    Path file = site.folder().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void assertDiffers(Site found, Site expected, String difference)
      throws IOException {
    EndState end = EndState.of(expected);
    EndState other = EndState.of(found);
    assertThatThrownBy(() -> other.requireEqual(end))
        .isInstanceOf(Violation.class)
        .hasMessage("differs from an undisturbed run: " + difference);
  }

  @Test
  void timesPlacesAndNumbersOfLeasesDoNotCount() throws IOException {
    Site second = site("second");
    write(second, "runs/r/lease/000002.json", "taken over");
    write(second, "runs/r/lease/000002.released", "{}");
    EndState first = EndState.of(site("first"));
    assertThatCode(() -> EndState.of(second).requireEqual(first)).doesNotThrowAnyException();
  }

  @Test
  void leftoverIsADifference() throws IOException {
    Site found = site("found");
    write(found, "runs/r/.model.zip.draft", "");
    assertDiffers(
        found,
        site("expected"),
        "runs/r/.model.zip.draft: " + EndState.sha256(new byte[0]) + ", expected nothing");
  }

  @Test
  void leaseOfADeadHolderIsADifference() throws IOException {
    Site found = site("found");
    write(found, "runs/r/lease/000002.json", "killed");
    assertDiffers(found, site("expected"), "r released: false, expected true");
  }

  @Test
  void anotherValueIsADifference() throws IOException {
    Site found = site("found");
    write(found, "runs/r/metrics.prom", "x{} 2\n");
    assertDiffers(found, site("expected"), "runs/r/metrics.prom: x{} 2, expected x{} 1");
  }
}
