package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyResultsTest {
  @TempDir private Path folder;

  private static double measuredAgain() {
    throw new AssertionError("measured again");
  }

  @Test
  void laterCallFindsTheResultsOfEarlierOnes() throws IOException {
    Path file = folder.resolve("new").resolve("results.tsv");
    StudyResults first = StudyResults.in(file);
    assertThat(first.accuracy("1,000 labels", "rbm", 1, () -> 0.9096)).isEqualTo(0.9096);
    assertThat(first.accuracy("1,000 labels", "rbm", 2, () -> 0.9107)).isEqualTo(0.9107);
    StudyResults second = StudyResults.in(file);
    assertThat(second.accuracy("1,000 labels", "rbm", 1, StudyResultsTest::measuredAgain))
        .isEqualTo(0.9096);
    assertThat(second.accuracy("60,000 labels", "rbm", 1, () -> 0.97)).isEqualTo(0.97);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            table\tmethod\tseed\taccuracy
            1,000 labels\trbm\t1\t0.9096
            1,000 labels\trbm\t2\t0.9107
            60,000 labels\trbm\t1\t0.97
            """);
  }

  @Test
  void measurementThatFailsLeavesTheFileAsItWas() throws IOException {
    Path file = folder.resolve("results.tsv");
    StudyResults results = StudyResults.in(file);
    results.accuracy("1,000 labels", "rbm", 1, () -> 0.9096);
    assertThatThrownBy(
            () -> results.accuracy("1,000 labels", "rbm", 2, StudyResultsTest::measuredAgain))
        .isInstanceOf(AssertionError.class);
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void lineOfAnotherFormIsRefusedWithItsNumber() throws IOException {
    Path file = folder.resolve("results.tsv");
    Files.writeString(file, "table\tmethod\tseed\taccuracy\n1,000 labels\trbm\t1\n");
    assertThatThrownBy(() -> StudyResults.in(file))
        .hasMessage(
            file
                + ", line 2: expected table, method, seed, accuracy, separated by tabs, found"
                + " \"1,000 labels\trbm\t1\"; delete the file, or name another one");
  }
}
