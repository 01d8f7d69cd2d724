package io.meanfield.doctor;

import io.meanfield.engine.EngineChoice;
import io.meanfield.engine.EngineSettings;
import io.meanfield.network.DeviceChoice;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import io.meanfield.store.RunSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The checks of the command {@code doctor}: driver and executors, native libraries included. */
public final class FullCheck {
  private static final int CLOCK_READINGS = 3;

  private final JavaSparkContext spark;
  private final ExecutorProbe probe;
  private final EngineSettings engine;
  private final Kernels kernels;

  /**
   * Prepares the check of an application.
   *
   * @param kernels the kernels of its jobs
   */
  public FullCheck(JavaSparkContext spark, EngineSettings engine, Kernels kernels) {
    this.spark = spark;
    this.probe = new ExecutorProbe(spark, engine.device());
    this.engine = engine;
    this.kernels = kernels;
  }

  /** Checks everything; problems are findings, not exceptions. */
  public List<Finding> run(RunSettings run, List<DataLocation> data) {
    Examination examination = Examination.of(run, data);
    examination.deleteLeftovers(spark.hadoopConfiguration());
    return examination.withDriver(
        spark.hadoopConfiguration(), driver -> findings(examination, driver));
  }

  private List<Finding> findings(Examination examination, ProcessObservation driver) {
    LibraryObservation libraries = LibraryObservation.of(loaded(), kernels, engine.device());
    List<Finding> findings = new ArrayList<>(driver.driverFindings());
    findings.addAll(libraries.driverFindings(engine.choice()));
    try {
      findings.addAll(executorFindings(examination, driver, libraries));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // SparkException, which Spark's Java methods do not declare
      findings.add(ExecutorCensus.broken(firstLine(e)));
    }
    return findings;
  }

  private List<Finding> executorFindings(
      Examination examination, ProcessObservation driver, LibraryObservation driverLibraries) {
    Map<ProcessId, ProcessObservation> processes = probe.observeAll(examination::ofExecutor);
    List<Finding> findings = new ArrayList<>();
    processes.forEach(
        (id, seen) -> findings.addAll(seen.executorFindings(id.executorName(), driver)));
    findings.addAll(probe.census(processes.keySet()).findings());
    findings.addAll(libraryFindings(driverLibraries));
    probe
        .clocks(CLOCK_READINGS)
        .forEach((id, bounds) -> findings.add(bounds.finding(id.executorName())));
    return findings;
  }

  private List<Finding> libraryFindings(LibraryObservation driver) {
    Engine engineToLoad = loaded(); // local variables, because this object does not travel
    Kernels kernelsToPin = kernels;
    DeviceChoice device = engine.device();
    List<Finding> findings = new ArrayList<>();
    probe
        .observeAll(hadoop -> LibraryObservation.of(engineToLoad, kernelsToPin, device))
        .forEach(
            (id, seen) ->
                findings.addAll(seen.executorFindings(id.executorName(), engine.choice(), driver)));
    return findings;
  }

  private Engine loaded() {
    return engine.choice() == EngineChoice.DL4J ? Engine.DL4J : Engine.TORCH;
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
  }
}
