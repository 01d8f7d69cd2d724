package io.meanfield.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.typesafe.config.Config;
import io.meanfield.CountingServer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
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
        assertRefused(() -> assign(assignment), "--set " + assignment + refusal);
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
          .hasMessage(
              "x.json is damaged: expected JSON, found something else (line 1); restore the file from a backup");
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
  void includesAreBoundedInDepthAndNumber() throws IOException {
    for (int i = 0; i < 22; i++) {
      file("deep" + i + ".conf", "include \"deep" + (i + 1) + ".conf\"");
      file("wide" + i + ".conf", ("include \"wide" + (i + 1) + ".conf\"\n").repeat(10));
    }
    file("wide3.conf", "train.epochs = 3");
    assertRefused(
        () -> load(folder.resolve("deep0.conf")),
        "settings file "
            + folder.resolve("deep20.conf")
            + " includes \"deep21.conf\", expected at most 20 files that include one another");
    assertThatThrownBy(() -> load(folder.resolve("wide0.conf")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected at most 100 includes in all files together");
  }

  @Test
  void includedFilesAreBoundedTogetherInSize() throws IOException {
    Path large = file("large.conf", "#" + "x".repeat(600_000));
    Path once = file("once.conf", "train.epochs = 3, include \"large.conf\"");
    assertThat(load(once).config().getInt("train.epochs")).isEqualTo(3);
    Path twice = file("twice.conf", "include \"once.conf\"\ninclude \"large.conf\"");
    assertRefused(
        () -> load(twice),
        "settings file "
            + twice
            + " includes \"large.conf\", expected at most 1048576 characters in all files together");
    assertThat(large).exists();
  }

  @Test
  void levelsAroundAnIncludeCount() throws IOException {
    String nested = "a { ".repeat(40);
    String end = "\n" + "}".repeat(40);
    Path third = file("third.conf", nested + "x = 1" + end);
    Path second = file("second.conf", nested + "\ninclude \"third.conf\"" + end);
    assertThat(load(second).config().getInt("a.".repeat(80) + "x")).isEqualTo(1);
    Path first = file("first.conf", nested + "\ninclude \"second.conf\"" + end);
    assertRefused(
        () -> load(first),
        "settings file "
            + third
            + " must have at most 100 levels of objects, lists and dotted keys with the 80 around"
            + " its include, found more in line 1");
  }

  @Test
  void levelsBesideAnIncludeDoNotCount() throws IOException {
    file("second.conf", "y = " + "[".repeat(99) + "]".repeat(99));
    Path first =
        file("first.conf", "x = " + "[".repeat(99) + "]".repeat(99) + "\ninclude \"second.conf\"");
    assertThat(load(first).config().getList("y")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{",
        "{ a = [",
        "{ a = {}{",
        "a.",
        "{ a.b = {",
        "\"a\".",
        "{ a\n=\n{",
        "${",
        "# x\n[ "
      })
  void depthIsBoundedBeforeParsing(String repeated) throws IOException {
    Path job = file("job.conf", "x = 1\ny = " + repeated.repeat(5_000));
    assertThatThrownBy(() -> load(job))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessageMatching(
            "settings file \\Q"
                + job
                + "\\E must have at most 100 levels of objects, lists and dotted keys, found more"
                + " in line \\d+");
    assertThatThrownBy(() -> assign("y=" + repeated.repeat(5_000)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("must have at most 100 levels of objects, lists and dotted keys");
  }

  @Test
  void deepestSettingsAreReadAndBracketsInStringsAndCommentsDoNotCount() throws IOException {
    Path job =
        file(
            "job.conf",
            "x = "
                + "[".repeat(99)
                + "]".repeat(99)
                + "\n# "
                + "[".repeat(200)
                + "\n// "
                + "{".repeat(200)
                + "\nquoted = \"\\\""
                + "{".repeat(200)
                + "\"\nlines = \"\"\"\n"
                + "[".repeat(200)
                + "\"\"\"\"\nkeys = [ "
                + "{ a.b.c.d.e.f.g.h = 1.2.3.4.5 },\n".repeat(500)
                + "]\n"
                + "a.b.c.d = 1\n".repeat(500));
    SettingsTree tree = load(job);
    assertThat(tree.config().getString("quoted")).isEqualTo("\"" + "{".repeat(200));
    assertThat(tree.config().getList("keys")).hasSize(500);
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

  private static String doubling(String first, String later) {
    return "a0 = "
        + first
        + "\n"
        + IntStream.range(0, 60)
            .mapToObj(i -> "a" + (i + 1) + " = " + later.replace("$", "${a" + i + "}"))
            .collect(Collectors.joining("\n"));
  }

  @Test
  void substitutionsThatGrowAreRefusedBeforeTheyAreMade() throws IOException {
    String message =
        "the settings must have at most 4194304 characters after their substitutions ${…} are"
            + " made, found more";
    for (String bomb :
        List.of(
            doubling("x", "$$"),
            doubling("[x]", "[$, $]"),
            doubling("{ x = 1 }", "{ l = $, r = $ }"),
            doubling("[x]", "$ $"),
            "a = x\n" + "a = ${a}${a}\n".repeat(60),
            "a = [x]\n" + "a += ${a}\n".repeat(60),
            "a = x\nb = ${a}${a}\n" + "a = ${b}${b}\n".repeat(60),
            "a { x = 1 }\n" + "a = ${a} { l = ${a}, r = ${a} }\n".repeat(40))) {
      Path job = file("job.conf", bomb);
      assertRefused(() -> load(job), message);
      assertRefused(() -> SettingsTree.loadStandalone(new LocalSettingsFile(job)), message);
    }
  }

  private static String nested(int levels, String value) {
    return "{ x = ".repeat(levels) + value + " }".repeat(levels);
  }

  private static String nestedChain(int count, int levels) {
    return "a0 = "
        + nested(levels, "1")
        + "\n"
        + IntStream.range(0, count)
            .mapToObj(i -> "a" + (i + 1) + " = " + nested(levels, "${a" + i + "}"))
            .collect(Collectors.joining("\n"));
  }

  @Test
  void substitutionsThatNestAreRefusedBeforeTheyAreMade() throws IOException {
    String bound =
        " must have at most 100 levels of objects, lists and dotted keys after the substitutions"
            + " ${…} are made, found more";
    Path job = file("job.conf", nestedChain(20, 90));
    for (Runnable loading :
        List.<Runnable>of(
            () -> load(job), () -> SettingsTree.loadStandalone(new LocalSettingsFile(job)))) {
      assertThatThrownBy(loading::run)
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
          .hasMessageMatching(
              Pattern.quote("the value in " + job + ": ") + "\\d+" + Pattern.quote(bound));
    }
    Path own = file("own.conf", "a = x\n" + "a = [[${a}]]\n".repeat(60));
    assertRefused(() -> load(own), "the settings" + bound);
    String circular = "a = " + nested(15, "${b}") + "\n";
    Path circle =
        file("circle.conf", "a = 1\nb = " + nested(15, "${a}") + "\n" + circular.repeat(9));
    assertRefused(() -> load(circle), "the settings" + bound);
  }

  @Test
  void deepestSettingsAfterSubstitutionsAreRead() throws IOException {
    Path chain = file("chain.conf", nestedChain(1, 50));
    assertThat(load(chain).config().getInt("a1" + ".x".repeat(100))).isEqualTo(1);
  }

  /** Each of them could begin a substitution that ends at the last character. */
  @Test
  void unfinishedSubstitutionsInATextAreFoundInTimeProportionalToItsLength() throws IOException {
    Path job = file("job.conf", "a = 1\nb = ${a}\"" + "${".repeat(300_000) + "\"");
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> assertThat(load(job).config().getString("b")).hasSize(600_001));
  }

  @Test
  void keysThatGrowByOneValueALineAreRead() throws IOException {
    String layers = "layers = []\n" + "layers += { dense = 10, note = \"a, ]\" }\n".repeat(200);
    assertThat(load(file("layers.conf", layers)).config().getList("layers")).hasSize(200);
    String list = "n.key = [\"], x\"]\n" + "n.key = ${?n.key} [x, y]\n".repeat(200);
    assertThat(load(file("list.conf", list)).config().getList("n.key")).hasSize(401);
    String text = "key = a\n" + "key = ${key}\", \"\n".repeat(200);
    assertThat(load(file("text.conf", text)).config().getString("key")).hasSize(401);
  }

  @Test
  void numberOfSubstitutionsIsBounded() throws IOException {
    Path job = file("job.conf", "x = 1\n" + "y = ${x}\n".repeat(257));
    assertRefused(
        () -> load(job),
        "settings file "
            + job
            + " must have at most 256 uses of ${…} and +=, found more in line"
            + " 258");
    String chain =
        IntStream.range(0, 256)
            .mapToObj(i -> "a" + (i + 1) + " = ${a" + i + "}\n")
            .collect(Collectors.joining());
    Path longest = file("longest.conf", "a0 = 7\n" + chain);
    assertThat(load(longest).config().getInt("a256")).isEqualTo(7);
    Path second = file("second.conf", "b = ${a0}");
    assertRefused(
        () ->
            SettingsTree.load(
                List.of(new LocalSettingsFile(longest), new LocalSettingsFile(second)), List.of()),
        "the settings must have at most 256 uses of ${…} and +=, found more");
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

  @Test
  void hugeExponentOfASizeIsRefusedAtOnce() {
    SettingsTree tree = assign("x.size=1e999999999k");
    tree.section("x").sizeOr("auto", "size", 64);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "x.size must be a size of at least 64m, such as 2g, or auto, found"
                + " \"1e999999999k\"");
  }
}
