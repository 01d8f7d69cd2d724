package io.meanfield;

import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import scala.concurrent.ExecutionContext$;

/**
 * What Spark's own threads do now and then when the SparkContext stops under them, always: their
 * answers meet a thread pool that is shut down, and Scala reports so past the log.
 */
public final class LateRejectionListener extends SparkListener {
  /** spark-submit's options that bring it into another process. */
  static String in(Path classes) {
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
