package io.meanfield.doctor;

import io.meanfield.engine.EngineSettings;
import io.meanfield.network.Kernels;
import io.meanfield.store.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** The checks of the command {@code doctor}: driver and executors, native libraries included. */
public final class FullCheck {
  private final JavaSparkContext spark;
  private final ExecutorProbe probe;
  private final EngineCheck engine;

  /**
   * Prepares the check of an application.
   *
   * @param kernels the kernels of its jobs
   */
  public FullCheck(JavaSparkContext spark, EngineSettings engine, Kernels kernels) {
    this.spark = spark;
    this.probe = new ExecutorProbe(spark, engine.device());
    this.engine = EngineCheck.of(engine, kernels);
  }

  /** Checks everything; problems are findings, not exceptions. */
  public List<Finding> run(RunSettings run, List<DataLocation> data) {
    Examination examination = Examination.of(run, data);
    examination.directory().deleteLeftovers(spark.hadoopConfiguration());
    Finding loaded = engine.load("driver");
    EngineCheck chosen = engine.after(loaded);
    Examination.Result result =
        examination.run(spark.hadoopConfiguration(), toExecutors -> executors(toExecutors, chosen));
    List<Finding> findings = new ArrayList<>(result.driver());
    findings.add(loaded);
    findings.addAll(result.executors());
    return findings;
  }

  private List<Finding> executors(Examination examination, EngineCheck chosen) {
    try {
      Map<String, List<Finding>> found =
          probe.observe(
              (hadoop, where, process) ->
                  Stream.concat(
                          examination.ofExecutor(hadoop, where, process).stream(),
                          chosen.ofExecutor(where).stream())
                      .toList());
      List<Finding> findings =
          new ArrayList<>(found.values().stream().flatMap(List::stream).toList());
      findings.add(probe.census(found.size()));
      return findings;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // SparkException, which Spark's Java methods do not declare
      return List.of(broken(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private static Finding broken(String cause) {
    return Finding.failed(
        "executors",
        "driver",
        "the tasks of the check failed: " + cause.strip(),
        "look for errors in the executors' logs; Meanfield needs Java 17 or newer there");
  }
}
