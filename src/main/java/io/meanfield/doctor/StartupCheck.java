package io.meanfield.doctor;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.DeviceChoice;
import io.meanfield.store.RunSettings;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks at the start of a job: those of the command {@code doctor} that need no native
 * libraries. Refuses executors with which the job would fail, logs warnings, and is silent
 * otherwise. The problems of the driver are those of the job itself.
 */
public final class StartupCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StartupCheck.class);

  private final JavaSparkContext spark;
  private final Examination examination;

  /**
   * Prepares the check of a job.
   *
   * @param data the locations that the job reads
   */
  public StartupCheck(JavaSparkContext spark, RunSettings run, List<DataLocation> data) {
    this.spark = spark;
    this.examination = Examination.of(run, data);
  }

  /**
   * Checks the executors; in local mode, where the driver is the executor, the driver's memory
   * only.
   *
   * @throws UserException with every problem and its remedy
   */
  public void run() {
    Diagnosis diagnosis = Diagnosis.of(findings());
    diagnosis.sentences(Finding.Result.WARNING).forEach(LOG::warn);
    if (!diagnosis.isHealthy()) {
      throw new UserException(
          ErrorCode.UNSUITABLE_CLUSTER,
          String.join("\n", diagnosis.sentences(Finding.Result.FAILED)));
    }
  }

  private List<Finding> findings() {
    if (spark.isLocal()) {
      return List.of(MemoryLimits.ofDriver().finding("driver"));
    }
    ExecutorProbe probe = new ExecutorProbe(spark, DeviceChoice.CPU); // needs no GPU
    return examination
        .run(
            spark.hadoopConfiguration(),
            toExecutors ->
                probe.observe(toExecutors::ofExecutor).values().stream()
                    .flatMap(List::stream)
                    .toList())
        .executors();
  }
}
