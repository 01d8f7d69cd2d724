package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FitCancellationTest {
  // As Spark 3.5 and Spark 4 write it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Job 7 cancelled part of cancelled job group a b",
        "[SPARK_JOB_CANCELLED] Job 7 cancelled part of cancelled job group a b SQLSTATE: XXKDA",
        "[SPARK_JOB_CANCELLED] Job 7 cancelled part of cancelled job group a b\nDriver stacktrace:"
      })
  void cancelledJobIsFoundAmongTheCauses(String message) {
    Throwable failure = new IllegalStateException("outer", new RuntimeException(message));
    assertThat(FitCancellation.cancelledJob(failure))
        .contains("Job 7 cancelled part of cancelled job group a b");
  }

  @Test
  void failedJobIsNotCancelled() {
    assertThat(
            FitCancellation.cancelledJob(
                new IllegalStateException("Job aborted due to stage failure: Job 7 cancelled")))
        .isEmpty();
  }
}
