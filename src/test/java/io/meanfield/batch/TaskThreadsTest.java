package io.meanfield.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All threads of a task have ended when the task goes on or fails. */
@Timeout(60)
class TaskThreadsTest {
  private final Thread caller = Thread.currentThread();
  private final AtomicBoolean hasReturned = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Integer> beforeReturn = new ConcurrentLinkedQueue<>();

  /** Starts a share that ends only after it was interrupted and the caller waits or returned. */
  private void endWhenInterrupted(int share, CountDownLatch began) {
    began.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      awaitWaitingCaller();
      if (!hasReturned.get()) {
        beforeReturn.add(share);
      }
    }
  }

  private void awaitWaitingCaller() {
    while (caller.getState() != Thread.State.WAITING && !hasReturned.get()) {
      Thread.onSpinWait();
    }
  }

  private void run(int threads, IntConsumer share) {
    try {
      TaskThreads.run(threads, share);
    } finally {
      hasReturned.set(true);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void eachShareRunsOnce() {
    ConcurrentLinkedQueue<Integer> shares = new ConcurrentLinkedQueue<>();
    run(4, shares::add);
    assertThat(shares).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void failedShareOfTheCallerInterruptsAndAwaitsTheOthers() {
    CountDownLatch began = new CountDownLatch(2);
    IntConsumer share =
        first -> {
          if (first == 0) {
            await(began);
            throw new IllegalArgumentException("no chunk");
          }
          endWhenInterrupted(first, began);
        };
    assertThatThrownBy(() -> run(3, share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no chunk");
    assertThat(beforeReturn).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void failedShareOfAnotherThreadInterruptsAndAwaitsTheOthers() {
    CountDownLatch began = new CountDownLatch(1);
    IntConsumer share =
        first -> {
          if (first == 1) {
            await(began);
            throw new IllegalArgumentException("no chunk");
          }
          if (first == 2) {
            endWhenInterrupted(first, began);
          }
        };
    assertThatThrownBy(() -> run(3, share))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a thread of the task failed: no chunk");
    assertThat(beforeReturn).containsExactly(2);
  }

  @Test
  void cancelledCallerInterruptsAndAwaitsTheOthers() {
    CountDownLatch began = new CountDownLatch(1);
    IntConsumer share =
        first -> {
          if (first == 1) {
            awaitWaitingCaller();
            caller.interrupt();
            endWhenInterrupted(first, began);
          }
        };
    assertThatThrownBy(() -> run(2, share)).hasMessage("the task was cancelled");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(beforeReturn).containsExactly(1);
  }
}
