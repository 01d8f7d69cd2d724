package io.meanfield.pipeline.run;

import java.util.concurrent.CountDownLatch;

/** The interruption of a job whose last write never ends, as on a store that hangs. */
public final class HangingWrite {
  private HangingWrite() {}

  /**
   * Creates the interruption.
   *
   * @param begun runs when the write has begun
   */
  public static Interruption interruption(Runnable begun) {
    Interruption interruption = new Interruption();
    interruption.finishFirst(
        () -> {
          begun.run();
          hang();
        });
    interruption.onInterrupt(
        signal -> {
          interruption.finishWrites();
          return "interrupted by " + signal;
        });
    return interruption;
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await(); // nobody counts down
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
