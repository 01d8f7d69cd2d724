package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final Interruption command = new Interruption();
  private final List<String> messages = new ArrayList<>();

  @Test
  void runningJobHandlesTheInterruption() {
    Interruption first = command.forNextJob();
    first.onInterrupt(signal -> "first gave up at " + signal);
    assertThat(command.trigger("SIGTERM", messages::add)).isTrue();
    assertThat(messages).containsExactly("first gave up at SIGTERM");
    assertThatThrownBy(() -> first.complete(() -> {})).isInstanceOf(UserException.class);
  }

  @Test
  void commandCanBeInterruptedBetweenTwoJobs() {
    Interruption first = command.forNextJob();
    first.onInterrupt(signal -> "first gave up");
    first.complete(() -> {});
    assertThat(command.trigger("SIGINT", messages::add)).isTrue();
    assertThat(messages)
        .containsExactly(
            "interrupted by SIGINT between two runs; the same command continues there");
  }

  @Test
  void interruptionIsRecordedBeforeTheLastWriteAndHandledOnce() {
    Interruption job = command.forNextJob();
    List<Boolean> recorded = new ArrayList<>();
    job.finishFirst(() -> recorded.add(command.isRecorded()));
    job.onInterrupt(
        signal -> {
          recorded.add(command.isRecorded());
          job.finishWrites();
          return "gave up at " + signal;
        });
    assertThat(command.trigger("SIGINT", () -> messages.add("begun"), messages::add)).isTrue();
    assertThat(command.trigger("SIGTERM", messages::add)).isTrue();
    assertThat(recorded).containsExactly(false, true);
    assertThat(messages).containsExactly("begun", "gave up at SIGINT");
  }

  @Test
  void errorOfTheCommandIsTheCauseOfItsJobs() {
    Interruption job = command.forNextJob();
    Throwable failure = new InterruptedException();
    assertThat(job.cause(failure)).isSameAs(failure);
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    command.causedBy(full);
    assertThat(job.cause(failure)).isSameAs(full);
  }

  @Test
  void jobThatIsInterruptedBeforeItsBeginRecordsNothing() {
    Interruption job = command.forNextJob();
    assertThat(command.trigger("SIGINT", messages::add)).isTrue();
    assertThatThrownBy(() -> job.begin(signal -> "", () -> messages.add("begun")))
        .isInstanceOf(UserException.class)
        .hasMessage("the job was interrupted");
    assertThat(messages).doesNotContain("begun");
  }

  @Test
  void commandThatHasEndedIsNotInterrupted() {
    command.forNextJob().complete(() -> {});
    command.complete(() -> {});
    assertThat(command.trigger("SIGINT", messages::add)).isFalse();
    assertThat(messages).isEmpty();
  }
}
