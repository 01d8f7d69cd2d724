package io.meanfield.storm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
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
  void filesThatDoctorDeletesDoNotCount() throws IOException {
    Site found = site("found");
    write(found, "runs/.doctor-1-driver", "");
    write(found, "runs/..doctor-1-driver.crc", "");
    EndState expected = EndState.of(site("expected"));
    assertThatCode(() -> EndState.of(found).requireEqual(expected)).doesNotThrowAnyException();
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
  void missingFileIsADifference() throws IOException {
    Site found = site("found");
    Files.delete(found.folder().resolve("runs/r/run.json"));
    assertDiffers(
        found,
        site("expected"),
        "runs/r/run.json: nothing, expected {\"directory\":\"{folder}/runs\"}");
  }

  @Test
  void leaseOfADeadHolderIsADifference() throws IOException {
    Site found = site("found");
    write(found, "runs/r/lease/000002.json", "killed");
    assertDiffers(found, site("expected"), "r released: false, expected true");
  }

  @Test
  void randomNamesOfSparkCountAndDoNotDiffer() throws IOException {
    Site found = site("found");
    Site expected = site("expected");
    // A checksum of Hadoop's local file system has the name of its file.
    String name = "out/.part-00000-%s-c000.snappy.parquet.crc";
    write(found, String.format(name, UUID.randomUUID()), "");
    write(expected, String.format(name, UUID.randomUUID()), "");
    assertThatCode(() -> EndState.of(found).requireEqual(EndState.of(expected)))
        .doesNotThrowAnyException();
    write(found, String.format(name, UUID.randomUUID()), "");
    assertDiffers(
        found,
        expected,
        "out/.part-00000-c000.snappy.parquet.crc: exists and exists, expected exists");
  }

  @Test
  void anotherByteOfTheModelIsADifference() throws IOException {
    Site found = site("found");
    Site expected = site("expected");
    write(found, "runs/r/model.zip", "a");
    write(expected, "runs/r/model.zip", "b");
    assertDiffers(
        found,
        expected,
        "runs/r/model.zip: "
            + EndState.sha256("a".getBytes(StandardCharsets.UTF_8))
            + ", expected "
            + EndState.sha256("b".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anotherValueIsADifference() throws IOException {
    Site found = site("found");
    write(found, "runs/r/metrics.prom", "x{} 2\n");
    assertDiffers(found, site("expected"), "runs/r/metrics.prom: x{} 2, expected x{} 1");
  }

  @Test
  void pagesDifferByTheirHeadingsAndTheirEndOnly() throws IOException {
    Site found = site("found");
    Site expected = site("expected");
    write(found, "runs/r/report.html", "<h1>r</h1><p>3.5 s</p></html>\n");
    write(expected, "runs/r/report.html", "<h1>r</h1><p>6.0 s</p></html>\n");
    assertThatCode(() -> EndState.of(found).requireEqual(EndState.of(expected)))
        .doesNotThrowAnyException();
    write(found, "runs/r/report.html", "<h1>r</h1><p>3");
    assertDiffers(
        found,
        expected,
        "runs/r/report.html: [<h1>r] without its end, expected [<h1>r] and its end");
  }
}
