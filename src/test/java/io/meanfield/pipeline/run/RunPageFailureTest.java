package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.fixture.CapturedLog;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pipeline.train.RunInspection;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.util.Optional;
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
      case "checked" -> throw RunPageFailureTest.<RuntimeException>undeclared(new IOException());
      default -> throw new IllegalStateException(error);
    }
  }

  // Throws a checked exception without declaring it, as Scala does.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E undeclared(Throwable e) throws E {
    throw (E) e;
  }

  private Optional<String> page(String error) {
    return new RunPageFile(PageContent.FULL, interruption)
        .orWarning(
            run,
            () -> {
              fail(error);
              throw new AssertionError("unreachable");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap", "stack", "class", "checked", "other"})
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
  @ValueSource(strings = {"heap", "stack", "class", "checked", "other"})
  void aPageThatFailsCostsAWarning(String error) {
    try (CapturedLog log = CapturedLog.of(RunPageFile.class)) {
      assertThat(page(error)).isEmpty();
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

  @Test
  void aPageThatIsInterruptedEndsTheRunWithoutAWarning() {
    interruption.trigger("SIGTERM", message -> {});
    try (CapturedLog log = CapturedLog.of(RunPageFile.class)) {
      assertThatThrownBy(() -> page("cancelled")).hasMessage("cancelled");
      assertThat(log.messages()).isEmpty();
    }
  }
}
