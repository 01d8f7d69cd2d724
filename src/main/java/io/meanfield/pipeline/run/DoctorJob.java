package io.meanfield.pipeline.run;

import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.UnsetSource;
import io.meanfield.doctor.ClusterCheck;
import io.meanfield.doctor.DataLocation;
import io.meanfield.doctor.Diagnosis;
import io.meanfield.doctor.Finding;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Processor;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The command {@code doctor}: checks the driver and every executor. Creates no run. */
public final class DoctorJob {
  private final JavaSparkContext spark;
  private final JobSettings settings;

  /** Prepares the check of an application for jobs with these settings. */
  public DoctorJob(SparkSession spark, JobSettings settings) {
    this.spark = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
  }

  /** Checks everything; problems are findings, not exceptions. */
  public Diagnosis run() {
    DataSettings data = settings.data();
    List<Finding> findings = new ArrayList<>(unset("data.train", data.train()));
    findings.addAll(unset("data.test", data.test()));
    List<DataLocation> locations = new ArrayList<>(DataLocation.of("data.train", data.train()));
    locations.addAll(DataLocation.of("data.test", data.test()));
    findings.addAll(
        new ClusterCheck(spark, settings.run(), locations).examine(settings.engine(), kernels()));
    return Diagnosis.of(findings);
  }

  private static List<Finding> unset(String key, Source source) {
    return source instanceof UnsetSource
        ? List.of(Finding.ok(key, "driver", "not set"))
        : List.of();
  }

  private Kernels kernels() {
    return settings
        .engine()
        .resolved(Optional.empty(), Kernels.selectedBy(System.getenv()), Processor.here());
  }
}
