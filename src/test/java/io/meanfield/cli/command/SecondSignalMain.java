package io.meanfield.cli.command;

import io.meanfield.pipeline.run.HangingWrite;
import java.util.concurrent.CountDownLatch;

/** A process that, once interrupted, waits forever for its last write. */
final class SecondSignalMain {
  private SecondSignalMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    Signals.install(
        HangingWrite.interruption(() -> System.out.println("writing")), System.out::println);
    System.out.println("ready");
    new CountDownLatch(1).await(); // nobody counts down
  }
}
