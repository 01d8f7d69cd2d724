package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checks the lesson's data files. */
class LessonDataTest {
  @Test
  void generatedFilesEqualTheOutputOfTheGenerator() throws IOException {
    Map<String, List<String>> expected =
        Map.of(
            "lamps-train.csv", LessonData.lampsTrain(),
            "lamps-test.csv", LessonData.lampsTest(),
            "exam-train.csv", LessonData.examTrain(),
            "exam-test.csv", LessonData.examTest());
    for (Map.Entry<String, List<String>> file : expected.entrySet()) {
      assertThat(Files.readAllLines(LessonData.FOLDER.resolve(file.getKey())))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  // Fisher 1936, table I.
  @Test
  void irisFilesHaveTheColumnSumsOfFishersTable() {
    SmallTable train = SmallTable.read("iris-train.csv");
    SmallTable test = SmallTable.read("iris-test.csv");
    assertThat(train.rows()).hasSize(120);
    assertThat(test.rows()).hasSize(30);
    Map<String, Double> sums =
        Map.of(
            "sepal_length", 876.5,
            "sepal_width", 458.6,
            "petal_length", 563.7,
            "petal_width", 179.9);
    sums.forEach(
        (column, sum) ->
            assertThat(train.sum(column) + test.sum(column))
                .as(column)
                .isCloseTo(sum, within(1e-9)));
  }
}
