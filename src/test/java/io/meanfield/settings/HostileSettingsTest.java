package io.meanfield.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.CountingServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that would make a request, exhaust the stack or the memory, or never end. */
class HostileSettingsTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static SettingsTree load(Path file) {
    return SettingsTree.load(List.of(new LocalSettingsFile(file)), List.of());
  }

  private static SettingsTree assign(String assignment) {
    return SettingsTree.load(List.of(), List.of(assignment));
  }

  private static void assertRefused(Runnable loading, String message) {
    assertThatThrownBy(() -> assertTimeoutPreemptively(Duration.ofSeconds(60), loading::run))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessage(message);
  }

  @Test
  void includesOfUrlsMakeNoRequest() throws IOException {
    try (CountingServer server = new CountingServer()) {
      String url = server.url();
      String refusal = " includes the URL " + url + "; expected the path of a file";
      for (String include : List.of("url(\"%s\")", "required(url(\"%s\"))")) {
        Path job = file("job.conf", "include " + include.formatted(url));
        assertRefused(() -> load(job), job + refusal);
        String assignment = "x=1, include " + include.formatted(url);
        assertRefused(() -> assign(assignment), "--set x" + refusal);
        SettingsText text = new SettingsText("include " + include.formatted(url), "the text");
        assertRefused(() -> SettingsTree.load(List.of(text), List.of()), "the text" + refusal);
      }
      Path job = file("job.conf", "include \"" + url + "\"");
      assertThatThrownBy(() -> load(job)).hasMessageContaining("does not exist");
      assertThatThrownBy(
              () ->
                  SettingsTree.parse(
                      ("include url(\"" + url + "\")").getBytes(StandardCharsets.UTF_8),
                      "x.json",
                      ErrorCode.MODEL_UNUSABLE))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNUSABLE))
          .hasMessage("x.json is damaged: it is not JSON; restore the file from a backup");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void includesOfTheClassPathAreRefused() throws IOException {
    Path job = file("job.conf", "include classpath(\"meanfield/defaults.conf\")");
    assertRefused(
        () -> load(job),
        job
            + " includes \"meanfield/defaults.conf\" of the class path; expected the path of a"
            + " file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\ud800b"})
  void includeOfNoPathIsRefused(String included) throws IOException {
    Path job = file("job.conf", "include \"" + included + "\"");
    assertThatThrownBy(() -> load(job))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessageStartingWith("settings file " + job + " includes \"a")
        .hasMessageEndingWith("b\"; expected a path relative to the including file");
  }

  @Test
  void directoryIsNoMissingFile() throws IOException {
    assertRefused(
        () -> load(folder),
        "settings file " + folder + " must be a file, found a directory, a pipe or a device");
    Path job = file("job.conf", "include \".\"");
    assertRefused(
        () -> load(job),
        "settings file " + folder + " must be a file, found a directory, a pipe or a device");
  }

  @Test
  void substitutionsThatNestTooDeeplyAreRefused() throws IOException {
    String chain =
        IntStream.range(0, 400)
            .mapToObj(
                i -> "a" + (i + 1) + " = " + "[".repeat(50) + "${a" + i + "}" + "]".repeat(50))
            .collect(Collectors.joining("\n"));
    Path job = file("job.conf", "a0 = 1\n" + chain);
    assertRefused(
        () -> load(job),
        "the settings are nested too deeply after their substitutions ${…}; expected fewer levels");
  }

  @Test
  void settingsThatAreNestedTooDeeplyAreRefused() throws IOException {
    int levels = 20_000;
    for (String text :
        List.of(
            "a{".repeat(levels) + "}".repeat(levels),
            "x = " + "[".repeat(levels) + "]".repeat(levels),
            "a" + ".a".repeat(levels) + " = 1")) {
      Path job = file("deep.conf", text);
      assertRefused(
          () -> load(job),
          "settings file is not valid HOCON: "
              + job
              + ": nested too deeply; expected a few levels of sections, lists and keys with dots");
      assertThatThrownBy(
              () -> SettingsTree.parse(text.getBytes(UTF_8), "a.json", ErrorCode.MODEL_UNREADABLE))
          .hasMessage("a.json is damaged: it is not JSON; restore the file from a backup");
    }
    assertThatThrownBy(() -> assign("a" + ".a".repeat(levels) + " = 1"))
        .hasMessageEndingWith(
            ": nested too deeply; expected a few levels of sections, lists and keys with dots");
  }

  @Test
  void sizeOfAFileIsBounded() throws IOException {
    Path job = file("job.conf", "#" + "x".repeat(1 << 20));
    assertRefused(
        () -> load(job), "settings file " + job + " must have at most 1048576 bytes, found more");
  }

  @Test
  void fileThatIsNotUtf8IsRefused() throws IOException {
    Path job = Files.write(folder.resolve("job.conf"), new byte[] {'a', '=', (byte) 0xff});
    assertRefused(
        () -> load(job), "settings file " + job + " must be text in UTF-8, found other bytes");
  }

  @Test
  void usualSubstitutionsAreMade() throws IOException {
    Path job =
        file(
            "job.conf",
            """
            base = /data
            data { dir = ${base}"/day", train = ${data.dir}"/train", again = ${data.dir} }
            list = [a]
            list += b
            list = ${list} [c]
            path = x
            path = ${path}":y"
            inherited = ${data} { dir = other }
            absent = ${?nowhere}
            """);
    Config config = load(job).config();
    assertThat(config.getString("data.train")).isEqualTo("/data/day/train");
    assertThat(config.getStringList("list")).containsExactly("a", "b", "c");
    assertThat(config.getString("path")).isEqualTo("x:y");
    assertThat(config.getString("inherited.dir")).isEqualTo("other");
  }
}
