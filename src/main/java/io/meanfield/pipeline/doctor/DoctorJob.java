package io.meanfield.pipeline.doctor;

import io.meanfield.engine.EngineChoice;
import io.meanfield.learner.Processor;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.store.DirectoryProbe;
import io.meanfield.store.HadoopPaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command {@code doctor}: checks the driver and every executor. Creates no run. */
public final class DoctorJob {
  private static final Logger LOG = LoggerFactory.getLogger(DoctorJob.class);

  private final JavaSparkContext spark;
  private final JobSettings settings;
  private final Executors executors;

  /** Prepares the check of an application for jobs with these settings. */
  public DoctorJob(SparkSession spark, JobSettings settings) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.executors = new Executors(this.spark);
  }

  /** Checks everything; problems are findings, not exceptions. */
  public Diagnosis run() {
    Examination examination = examination();
    Configuration hadoop = spark.hadoopConfiguration();
    List<Finding> findings = new ArrayList<>(unsetData());
    DirectoryProbe probe = new DirectoryProbe(hadoop, examination.driverFile());
    try {
      ProcessObservation driver = examination.ofDriver(hadoop, probe.race());
      findings.addAll(driver.driverFindings(settings.engine()));
      findings.addAll(executorFindings(examination, driver));
    } finally {
      close(probe, examination);
    }
    return Diagnosis.of(findings);
  }

  private Examination examination() {
    Kernels kernels =
        settings
            .kernels()
            .resolve(Optional.empty(), Kernels.selectedBy(System.getenv()), Processor.here());
    Engine engine = settings.engine() == EngineChoice.DL4J ? Engine.DL4J : Engine.TORCH;
    return new Examination(
        UUID.randomUUID().toString(),
        engine,
        kernels,
        HadoopPaths.resolve(settings.run().directory()).toString(),
        DataLocation.of(settings.data()));
  }

  private List<Finding> unsetData() {
    List<Finding> findings = new ArrayList<>();
    if (settings.data().train().locations().isEmpty()) {
      findings.add(Finding.ok("data.train", "driver", "not set"));
    }
    if (settings.data().test().locations().isEmpty()) {
      findings.add(Finding.ok("data.test", "driver", "not set"));
    }
    return findings;
  }

  private List<Finding> executorFindings(Examination examination, ProcessObservation driver) {
    try {
      Map<ProcessId, ProcessObservation> observed = executors.observe(examination);
      Map<ProcessId, ClockBounds> clocks = executors.clocks();
      List<Finding> findings = new ArrayList<>(executors.census(observed.keySet()).findings());
      observed.values().stream()
          .flatMap(each -> each.executorFindings(settings.engine(), driver).stream())
          .forEach(findings::add);
      observed.keySet().stream()
          .filter(clocks::containsKey)
          .map(id -> clocks.get(id).finding(id.executorName()))
          .forEach(findings::add);
      return findings;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // SparkException, which Spark's Java methods do not declare
      return List.of(ExecutorCensus.broken(firstLine(e)));
    }
  }

  private static String firstLine(Exception failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
  }

  private static void close(DirectoryProbe probe, Examination examination) {
    try {
      probe.close();
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", examination.driverFile(), e.getMessage());
    }
  }
}
