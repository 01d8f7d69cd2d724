package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private static final Path PAGES = Path.of("docs");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|src(?:set)?=\"([^\"]+)\"");
  private static final Pattern CLASS = Pattern.compile("(?<=`)[a-z0-9.]+\\.[A-Z]\\w+(?=`)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private static List<Path> documents() throws IOException {
    try (Stream<Path> root = Files.list(Path.of(""));
        Stream<Path> pages = Files.walk(PAGES)) {
      return Stream.concat(root, pages)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static String withoutCode(Path document) throws IOException {
    return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
  }

  private static List<String> links(Path document) throws IOException {
    return LINK.matcher(withoutCode(document))
        .results()
        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
        .toList();
  }

  // As GitHub makes them: a repeated heading has a number at its end.
  private static List<String> anchors(Path document) throws IOException {
    Map<String, Integer> uses = new HashMap<>();
    List<String> anchors = new ArrayList<>();
    for (MatchResult heading : HEADING.matcher(withoutCode(document)).results().toList()) {
      String anchor =
          heading
              .group(1)
              .toLowerCase(Locale.ROOT)
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .replaceAll("[^\\w\\- ]", "")
              .replace(' ', '-');
      int before = uses.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  private static boolean isBroken(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
    return !Files.exists(target)
        || (parts.length == 2
            && target.toString().endsWith(".md")
            && !anchors(target).contains(parts[1]));
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : links(document)) {
        if (!link.startsWith("http") && isBroken(document, link)) {
          broken.add(document + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void archiveHasEveryDocumentBesideDocsThatAnotherOneLinksTo() throws IOException {
    String archive = Files.readString(Path.of("src/main/assembly/archive.xml"));
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : links(document)) {
        Path target = document.resolveSibling(link.split("#", 2)[0]).normalize();
        if (target.getNameCount() == 1
            && target.toString().endsWith(".md")
            && !archive.contains("<include>" + target + "</include>")) {
          missing.add(document + ": " + link);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void listOfPagesNamesEveryPage() throws IOException {
    List<String> listed = links(PAGES.resolve("README.md"));
    try (Stream<Path> pages = Files.walk(PAGES)) {
      assertThat(listed)
          .containsAll(
              pages
                  .map(page -> PAGES.relativize(page).toString())
                  .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                  .toList());
    }
  }

  @Test
  void pageOfTheArchitectureNamesClassesThatExist() throws IOException {
    String page = Files.readString(PAGES.resolve("architecture.md"));
    Path main = Path.of("src/main/java/io/meanfield");
    assertThat(
            CLASS
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(name -> !Files.exists(main.resolve(name.replace('.', '/') + ".java"))))
        .isEmpty();
  }

  @Test
  void everyErrorCodeHasAnExitCodeAndARemedy() throws IOException {
    String exitCodes = Files.readString(PAGES.resolve("runs.md"));
    String remedies = Files.readString(PAGES.resolve("troubleshooting.md"));
    for (ErrorCode code : ErrorCode.values()) {
      String name = "`" + code.name().toLowerCase(Locale.ROOT) + "`";
      assertThat(exitCodes).containsPattern("(?m)^\\| " + code.exitCode() + " \\|.*" + name);
      assertThat(remedies).contains(name);
    }
  }
}
