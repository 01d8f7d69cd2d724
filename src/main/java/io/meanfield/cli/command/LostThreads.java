package io.meanfield.cli.command;

import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.Interruption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the command if the virtual machine ends one of Spark's threads: with a full heap, for
 * example, Spark's scheduler is gone, and the command would wait for it forever.
 */
final class LostThreads implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LostThreads.class);

  private final Thread command;
  private final Interruption interruption;

  /**
   * Creates the handler of a command.
   *
   * @param command the thread that runs the command and waits for the other threads
   */
  LostThreads(Thread command, Interruption interruption) {
    this.command = command;
    this.interruption = interruption;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    if (error instanceof VirtualMachineError && thread != command) {
      interruption.causedBy(error);
      command.interrupt();
    } else {
      LOG.warn("the thread {} ended: {}", thread.getName(), UserException.of(error).getMessage());
    }
  }
}
