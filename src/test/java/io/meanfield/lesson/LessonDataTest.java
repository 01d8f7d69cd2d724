package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;

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
}
