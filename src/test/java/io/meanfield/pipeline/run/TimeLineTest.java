package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.train.history.TimeBreakdown;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLineTest {
  private static final long BEGAN = -7_000_000_000L; // the clock may begin anywhere
  private static final TimeLine TIME =
      new TimeLine(
          BEGAN,
          Duration.ofMillis(3100),
          Duration.ofMillis(2200),
          new TimeBreakdown(
              Duration.ofMillis(4000), Duration.ofMillis(300), Duration.ofMillis(500)),
          Duration.ofMillis(60),
          Duration.ofMillis(700),
          Duration.ofMillis(150));

  private static long after(Duration elapsed) {
    return BEGAN + elapsed.toNanos();
  }

  @Test
  void partsAddUpToTheTimeSinceTheCommandBegan() {
    Duration elapsed = Duration.ofMillis(11_110);
    assertThat(TIME.parts(after(elapsed)).values().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(elapsed);
    assertThat(TIME.parts(after(elapsed)))
        .containsEntry("checkpoints", Duration.ofMillis(60))
        .containsEntry("other", Duration.ofMillis(100));
  }

  @Test
  void lineNamesEveryPartAndTheirSum() {
    assertThat(TIME.line(after(Duration.ofMillis(11_110))))
        .isEqualTo(
            "time     11.1 s: starting 3.1 s, loading 2.2 s, computing 4.0 s, synchronising 0.3 s,"
                + " validating 0.5 s, checkpoints 0.1 s, writing 0.7 s, inspecting 0.2"
                + " s, other 0.1 s");
  }
}
