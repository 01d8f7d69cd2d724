package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.CapturedLog;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that has trained its model does not fail because of its page. */
class RunPageFailureTest {
  private final Interruption interruption = new Interruption();
  private final RunDirectory run =
      new Runs(new Configuration(false), "runs").directory(new RunId("night"));

  private static void fail(String error) {
    switch (error) {
      case "heap" -> throw new OutOfMemoryError("Java heap space");
      case "stack" -> throw new StackOverflowError("too deep");
      case "class" -> throw new NoClassDefFoundError("org/example/Missing");
      default -> throw new IllegalStateException(error);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "stack", "class", "other"})
  void anInspectionThatFailsCostsAWarning(String error) {
    try (CapturedLog log = CapturedLog.of(RunInspection.class)) {
      RunInspection.warnOfFailure(run, interruption, () -> fail(error));
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith("the page of run night lacks the inspection of the model: ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "stack", "class", "other"})
  void aPageThatFailsCostsAWarning(String error) {
    try (CapturedLog log = CapturedLog.of(RunPageFile.class)) {
      assertThat(
              RunPageFile.orWarning(
                  run,
                  () -> {
                    fail(error);
                    throw new AssertionError("unreachable");
                  }))
          .isEmpty();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .startsWith(run.display() + "/report.html was not written: ")
          .endsWith("; scripts/submit open night writes it");
    }
  }

  @Test
  void anInspectionThatIsInterruptedEndsTheRun() {
    interruption.trigger("SIGTERM", message -> {});
    assertThatThrownBy(
            () -> RunInspection.warnOfFailure(run, interruption, () -> fail("cancelled")))
        .hasMessage("cancelled");
  }
}
