package io.meanfield.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.pipeline.run.Interruption;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LostThreadsTest {
  private final Interruption interruption = new Interruption();
  private final LostThreads handler = new LostThreads(Thread.currentThread(), interruption);

  private Thread start(Runnable work) {
    Thread thread = new Thread(work, "dag-scheduler-event-loop");
    thread.setUncaughtExceptionHandler(handler);
    thread.start();
    return thread;
  }

  @Test
  void commandThatWaitsForALostThreadIsInterruptedWithTheError() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    start(
        () -> {
          throw full;
        });
    assertThatThrownBy(() -> new CountDownLatch(1).await()) // nobody counts down
        .isInstanceOf(InterruptedException.class);
    assertThat(interruption.cause(new InterruptedException())).isSameAs(full);
  }

  @Test
  void otherExceptionsOfThreadsDoNotEndTheCommand() throws InterruptedException {
    start(
            () -> {
              throw new IllegalStateException("a callback has failed");
            })
        .join();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    Exception own = new Exception("own");
    assertThat(interruption.cause(own)).isSameAs(own);
  }
}
