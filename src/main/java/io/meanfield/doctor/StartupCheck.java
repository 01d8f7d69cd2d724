package io.meanfield.doctor;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.DeviceChoice;
import io.meanfield.store.RunSettings;
import java.util.ArrayList;
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
    long began = System.nanoTime();
    Diagnosis diagnosis = Diagnosis.of(findings());
    LOG.info(
        "the checks at the start took {} ms, with the wait for executors",
        (System.nanoTime() - began) / 1_000_000);
    diagnosis.sentences(Finding.Result.WARNING).forEach(LOG::warn);
    if (!diagnosis.isHealthy()) {
      throw new UserException(
          ErrorCode.UNSUITABLE_CLUSTER,
          String.join("\n", diagnosis.sentences(Finding.Result.FAILED)));
    }
  }

  private List<Finding> findings() {
    if (spark.isLocal()) {
      return List.of(MemoryLimits.here(Examination.driverMemory()).finding("driver"));
    }
    return examination.withDriver(spark.hadoopConfiguration(), this::executorFindings);
  }

  private List<Finding> executorFindings(ProcessObservation driver) {
    ExecutorProbe probe = new ExecutorProbe(spark, DeviceChoice.CPU); // these checks need no GPU
    List<Finding> findings = new ArrayList<>();
    probe
        .observe(examination::ofExecutor)
        .forEach((id, seen) -> findings.addAll(seen.startupFindings(id.executorName(), driver)));
    probe.clocks(1).forEach((id, bounds) -> findings.add(bounds.finding(id.executorName())));
    return findings;
  }
}
