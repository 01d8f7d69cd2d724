package io.meanfield;

import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import scala.concurrent.ExecutionContext$;

/**
 * Causes at the end of every application an error that Spark's own threads cause now and then: a
 * callback is submitted to a thread pool after its shutdown, and Scala prints the stack trace on
 * standard error instead of the log.
 */
public final class LateRejectionListener extends SparkListener {
  /** Returns the options of spark-submit that add the listener in another process. */
  static String options(Path classes) {
    return "--driver-class-path "
        + classes
        + " --conf spark.extraListeners="
        + LateRejectionListener.class.getName();
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    ExecutionContext$.MODULE$.defaultReporter().apply(new RejectedExecutionException("too late"));
  }
}
