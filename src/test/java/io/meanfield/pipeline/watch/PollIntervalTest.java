package io.meanfield.pipeline.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollIntervalTest {
  @Test
  void storeThatBillsRequestsIsReadLessOften() {
    assertThat(PollInterval.of("file")).isEqualTo(Duration.ofMillis(500));
    assertThat(PollInterval.of("hdfs")).isEqualTo(Duration.ofSeconds(2));
    assertThat(PollInterval.of("s3a")).isEqualTo(Duration.ofSeconds(5));
  }
}
