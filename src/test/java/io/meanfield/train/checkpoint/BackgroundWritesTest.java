package io.meanfield.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundWritesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BackgroundWrites writes = new BackgroundWrites();
  private final List<Integer> written = new CopyOnWriteArrayList<>();
  private final CountDownLatch disk = new CountDownLatch(1);

  @AfterEach
  void close() {
    disk.countDown();
    writes.close();
  }

  /** A write that ends when the disk is ready. */
  private void slowWrite() {
    try {
      disk.await();
      written.add(0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void failingWrite() {
    throw new IllegalStateException("the disk is full");
  }

  @Test
  void callerGoesOnWhileTheDiskIsSlow() {
    writes.start(this::slowWrite);
    writes.throwFailure();
    assertThat(written).isEmpty();
    disk.countDown();
    writes.await();
    assertThat(written).containsExactly(0);
  }

  @Test
  void writesKeepTheirOrder() {
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
    numbers.forEach(number -> writes.start(() -> written.add(number)));
    writes.await();
    assertThat(written).isEqualTo(numbers);
  }

  @Test
  void failureIsThrownOnce() {
    writes.start(BackgroundWritesTest::failingWrite);
    assertThatThrownBy(writes::await).hasMessage("the disk is full");
    writes.await();
    writes.throwFailure();
  }

  @Test
  void nextWriteDoesNotBeginAfterAFailure() {
    writes.start(
        () -> {
          slowWrite();
          failingWrite();
        });
    writes.start(() -> written.add(1));
    disk.countDown();
    assertThatThrownBy(writes::await).hasMessage("the disk is full");
    writes.await();
    assertThat(written).containsExactly(0);
  }

  @Test
  void errorOfTheVirtualMachineReachesTheCaller() {
    OutOfMemoryError full = new OutOfMemoryError("Java heap space");
    writes.start(
        () -> {
          throw full;
        });
    assertThatThrownBy(writes::await).isSameAs(full);
  }

  @Test
  void finishLetsTheWriteInFlightEndAndNoOtherBegin() {
    writes.start(this::slowWrite);
    writes.finish(Duration.ZERO);
    assertThat(written).isEmpty();
    disk.countDown();
    writes.finish(PATIENCE);
    assertThat(written).containsExactly(0);
    assertThatThrownBy(() -> writes.start(() -> written.add(1)))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(written).containsExactly(0);
  }

  @Test
  void interruptedCallerDoesNotWaitForever() {
    writes.start(this::slowWrite);
    Thread.currentThread().interrupt();
    assertThatThrownBy(writes::await).hasMessage("interrupted while a checkpoint is written");
    assertThat(Thread.interrupted()).isTrue();
    disk.countDown();
    writes.await();
    assertThat(written).containsExactly(0);
  }

  @Test
  void callerThatIsInterruptedClosesAfterTheWriteInFlight() throws InterruptedException {
    writes.start(this::slowWrite);
    List<Integer> whenClosed = new CopyOnWriteArrayList<>();
    AtomicBoolean isInterrupted = new AtomicBoolean();
    Thread closing =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(writes::close)
                  .hasMessage("interrupted while a checkpoint is written");
              whenClosed.addAll(written);
              isInterrupted.set(Thread.interrupted());
            });
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING && closing.isAlive()) {
      Thread.onSpinWait();
    }
    disk.countDown();
    closing.join();
    assertThat(whenClosed).containsExactly(0);
    assertThat(isInterrupted).isTrue();
  }
}
