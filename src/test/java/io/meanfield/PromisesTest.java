package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.AnnotationSupport;

/** Compares the pages that name tests as evidence with what continuous integration runs. */
class PromisesTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final String PROMISE = "promise";
  private static final String CLUSTER = "cluster";
  private static final Pattern EVIDENCE =
      Pattern.compile("`(\\w+(?:Test|IT))`(?: \\*\\((\\w+)\\)\\*)?");

  /** A test class that a page names, with its mark. */
  private record Evidence(String test, String mark) {
    Class<?> type() {
      try (Stream<Path> files = Files.walk(TESTS)) {
        Path file = files.filter(each -> each.endsWith(test + ".java")).findFirst().orElseThrow();
        String name = TESTS.relativize(file).toString().replace(".java", "").replace('/', '.');
        return Class.forName(name, false, PromisesTest.class.getClassLoader()); // reads no data
      } catch (IOException | ReflectiveOperationException e) {
        throw new AssertionError(test, e);
      }
    }

    /** Returns the tags of each test of the class. */
    List<Set<String>> tags() {
      Set<String> ofAll = tags(AnnotationSupport.findRepeatableAnnotations(type(), Tag.class));
      return Arrays.stream(type().getDeclaredMethods())
          .filter(
              method ->
                  AnnotationSupport.isAnnotated(method, Test.class)
                      || AnnotationSupport.isAnnotated(method, TestTemplate.class))
          .map(
              method ->
                  Stream.concat(
                          ofAll.stream(),
                          tags(AnnotationSupport.findRepeatableAnnotations(method, Tag.class))
                              .stream())
                      .collect(Collectors.toSet()))
          .toList();
    }

    private static Set<String> tags(List<Tag> tags) {
      return tags.stream().map(Tag::value).collect(Collectors.toSet());
    }

    /** Returns which tests run in continuous integration: the mark that the page should have. */
    String expectedMark() {
      List<Set<String>> tags = tags();
      if (tags.stream().anyMatch(each -> each.contains(PROMISE))) {
        return PROMISE;
      }
      return !tags.isEmpty() && tags.stream().allMatch(each -> each.contains(CLUSTER))
          ? CLUSTER
          : "";
    }
  }

  private static List<Evidence> evidence(String text) {
    return EVIDENCE
        .matcher(text)
        .results()
        .map(found -> new Evidence(found.group(1), found.group(2) == null ? "" : found.group(2)))
        .toList();
  }

  private static List<String> promises() throws IOException {
    return Files.readAllLines(Path.of("docs/background/reliability-tests.md")).stream()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  @Test
  void everyPromiseHasATestThatContinuousIntegrationRuns() throws IOException {
    assertThat(promises()).hasSizeGreaterThan(10);
    for (String promise : promises()) {
      assertThat(evidence(promise))
          .as(promise)
          .isNotEmpty()
          .anyMatch(test -> !test.expectedMark().equals(CLUSTER));
    }
  }

  @Test
  void marksOfThePageAreTheTagsOfTheTests() throws IOException {
    assertThat(promises().stream().flatMap(promise -> evidence(promise).stream()))
        .allSatisfy(test -> assertThat(test.mark()).isEqualTo(test.expectedMark()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"reproducibility.md", "compatibility.md"})
  void otherPagesNameTestsThatContinuousIntegrationRuns(String page) throws IOException {
    assertThat(evidence(Files.readString(Path.of("docs", page))))
        .isNotEmpty()
        .allSatisfy(test -> assertThat(test.expectedMark()).isNotEqualTo(CLUSTER));
  }

  /** Without the tag cluster, mvn verify would run the test, too. */
  @Test
  void everyTestWithTheTagPromiseHasTheTagCluster() throws IOException {
    try (Stream<Path> files =
        Files.walk(TESTS).filter(file -> file.toString().endsWith("IT.java"))) {
      List<Evidence> all =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .map(test -> new Evidence(test, ""))
              .toList();
      assertThat(all.stream().flatMap(test -> test.tags().stream()))
          .filteredOn(tags -> tags.contains(PROMISE))
          .hasSizeGreaterThan(50)
          .allMatch(tags -> tags.contains(CLUSTER));
    }
  }

  @Test
  void continuousIntegrationSelectsTheTag() throws IOException {
    assertThat(Files.readString(Path.of(".ci/run")))
        .contains("-P cluster failsafe:integration-test@default")
        .contains("-Dgroups=" + PROMISE);
  }
}
