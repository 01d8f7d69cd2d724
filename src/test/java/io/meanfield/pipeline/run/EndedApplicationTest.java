package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndedApplicationTest {
  @Test
  @Timeout(60)
  void workThatWaitsAfterTheEndOfTheApplicationIsInterrupted() {
    try (EndedApplication ending = new EndedApplication(Duration.ofMillis(1))) {
      ending.startWaiting();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> new CountDownLatch(1).await());
    }
  }

  @Test
  void workThatIsDoneIsNotInterrupted() throws Exception {
    EndedApplication ending = new EndedApplication(Duration.ofMillis(100));
    ending.close();
    ending.startWaiting();
    assertThat(new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)).isFalse();
  }
}
