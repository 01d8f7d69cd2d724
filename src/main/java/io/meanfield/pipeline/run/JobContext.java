package io.meanfield.pipeline.run;

import io.meanfield.data.source.Source;
import io.meanfield.doctor.ClusterCheck;
import io.meanfield.doctor.DataLocation;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.tracking.Measurements;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The context of a job that creates a run. Driver only.
 *
 * @param id the id of the job's run
 * @param interruption ends the job: its status and lease record that, and no file is written
 *     afterwards
 * @param measurements what the run reports at its end
 * @param beganNanos when the job's command began, on the clock of {@link System#nanoTime}
 * @param announcement shows the id of the run, once: when settings and data have been checked
 */
public record JobContext(
    SparkSession spark,
    JobSettings settings,
    RunId id,
    Interruption interruption,
    Measurements measurements,
    long beganNanos,
    Runnable announcement) {

  /** The context of a job that begins now and announces nothing. */
  public JobContext(SparkSession spark, JobSettings settings, RunId id, Interruption interruption) {
    this(spark, settings, id, interruption, new Measurements(), System.nanoTime(), () -> {});
  }

  /** Returns the context of a job whose command began earlier. */
  public JobContext begunAt(long nanos) {
    return new JobContext(spark, settings, id, interruption, measurements, nanos, announcement);
  }

  /**
   * Returns the context of a job that calls {@code shown} once, when its settings and its data have
   * been checked.
   */
  public JobContext announcing(Runnable shown) {
    AtomicBoolean done = new AtomicBoolean();
    Runnable once =
        () -> {
          if (done.compareAndSet(false, true)) {
            shown.run();
          }
        };
    return new JobContext(spark, settings, id, interruption, measurements, beganNanos, once);
  }

  /** Returns the context of the same run with other settings. */
  public JobContext withSettings(JobSettings other) {
    return new JobContext(spark, other, id, interruption, measurements, beganNanos, announcement);
  }

  public JavaSparkContext sparkContext() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /**
   * Throws if the job's run cannot be written, or not safely; called before any work is done.
   *
   * @throws io.meanfield.error.UserException with what is wrong
   */
  public void requireWritableRuns() {
    runs().requireWritable(settings.run().singleWriter());
  }

  /**
   * Throws if the executors cannot do what the job needs; called before the data are opened.
   *
   * @param key the setting of the data that the job reads
   * @throws io.meanfield.error.UserException with every problem
   */
  public void requireSuitableCluster(String key, Source data) {
    new ClusterCheck(sparkContext(), settings.run(), DataLocation.of(key, data)).requireSuitable();
  }

  /** Does work whose Spark jobs have this name in Spark's UI. */
  public <T> T named(String name, Supplier<T> work) {
    return SparkJobs.named(spark.sparkContext(), name, work);
  }

  /** Returns the directory that contains the job's run. */
  public Runs runs() {
    return new Runs(sparkContext().hadoopConfiguration(), settings.run().directory());
  }

  /** Returns the places where the job looks up models. */
  public ModelCatalog catalog() {
    return ModelCatalog.of(sparkContext().hadoopConfiguration(), settings);
  }
}
