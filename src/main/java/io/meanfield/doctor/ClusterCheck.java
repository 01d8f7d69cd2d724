package io.meanfield.doctor;

import io.meanfield.engine.EngineSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.store.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether jobs can run on the driver and the executors of an application. Driver only. */
public final class ClusterCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterCheck.class);

  private final JavaSparkContext spark;
  private final Examination examination;

  /**
   * Prepares the check.
   *
   * @param data the locations that jobs read
   */
  public ClusterCheck(JavaSparkContext spark, RunSettings run, List<DataLocation> data) {
    this.spark = spark;
    this.examination = Examination.of(run, data);
  }

  /**
   * Makes the checks at the start of a job, which need no native libraries: those of the executors;
   * in local mode, where the driver is the executor, that of the driver's memory only. Logs
   * warnings, and is silent otherwise. The problems of the driver are those of the job itself.
   *
   * @throws UserException with every problem and its remedy
   */
  public void requireSuitable() {
    Diagnosis diagnosis = Diagnosis.of(atStart());
    diagnosis.sentences(Finding.Result.WARNING).forEach(LOG::warn);
    if (!diagnosis.isHealthy()) {
      throw new UserException(
          ErrorCode.UNSUITABLE_CLUSTER,
          String.join("\n", diagnosis.sentences(Finding.Result.FAILED)));
    }
  }

  private List<Finding> atStart() {
    if (spark.isLocal()) {
      return List.of(MemoryLimits.ofDriver().finding("driver"));
    }
    ExecutorProbe probe = new ExecutorProbe(spark);
    return examination
        .run(
            spark.hadoopConfiguration(), toExecutors -> all(probe.observe(toExecutors::ofExecutor)))
        .executors();
  }

  private static List<Finding> all(Map<String, List<Finding>> byExecutor) {
    return byExecutor.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Makes all checks, also of the engine and its native libraries; problems are findings, not
   * exceptions.
   *
   * @param kernels the kernels of the jobs
   */
  public List<Finding> examine(EngineSettings settings, Kernels kernels) {
    EngineCheck engine = EngineCheck.of(settings, kernels);
    Finding loaded = engine.load("driver");
    EngineCheck chosen = engine.after(loaded);
    ExecutorProbe probe = new ExecutorProbe(spark);
    Examination.Result result =
        examination.run(
            spark.hadoopConfiguration(), toExecutors -> executors(probe, toExecutors, chosen));
    List<Finding> findings = new ArrayList<>(result.driver());
    findings.add(loaded);
    findings.addAll(result.executors());
    return findings;
  }

  private static List<Finding> executors(
      ExecutorProbe probe, Examination toExecutors, EngineCheck chosen) {
    try {
      Map<String, List<Finding>> found =
          probe.observe(
              (hadoop, where, process) ->
                  Stream.concat(
                          toExecutors.ofExecutor(hadoop, where, process).stream(),
                          chosen.ofExecutor(where).stream())
                      .toList());
      return Stream.concat(all(found).stream(), Stream.of(probe.census(found.size()))).toList();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // SparkException, which Spark's Java methods do not declare
      return List.of(
          Finding.failed(
              "executors",
              "driver",
              "the tasks of the check failed: " + UserException.reason(e),
              "look for errors in the executors' logs; Meanfield needs Java 17 or newer there"));
    }
  }
}
