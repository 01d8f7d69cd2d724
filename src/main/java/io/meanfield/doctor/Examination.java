package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.MemoryLimit;
import io.meanfield.store.RunSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;

/**
 * What every process checks without the native libraries.
 *
 * @param isDirectoryChecked whether executors check the directory, which the driver can use
 * @param data the locations that executors read; of the driver, all
 * @param driver the versions of the driver
 */
@DefaultSerializer(JavaSerializer.class)
record Examination(
    DirectoryCheck directory,
    boolean isDirectoryChecked,
    List<DataLocation> data,
    SoftwareVersions driver)
    implements Serializable {

  /** Returns an examination for jobs with these settings and data. */
  static Examination of(RunSettings run, List<DataLocation> data) {
    return new Examination(DirectoryCheck.of(run), true, data, SoftwareVersions.here());
  }

  /** What was found on the driver and on the executors. */
  record Result(List<Finding> driver, List<Finding> executors) {}

  /**
   * Examines the driver and the executors. What the driver lacks is not examined on executors.
   *
   * @param executors returns the findings of the executors
   */
  Result run(Configuration hadoop, Function<Examination, List<Finding>> executors) {
    List<Finding> found = new ArrayList<>();
    found.add(driver.finding("driver", driver));
    found.add(MemoryLimits.ofDriver().finding("driver"));
    List<DataLocation> readable = new ArrayList<>();
    for (DataLocation location : data) {
      Finding finding = location.ofDriver(hadoop);
      found.add(finding);
      if (finding.result() == Finding.Result.OK) {
        readable.add(location);
      }
    }
    return directory.withDriver(
        hadoop,
        finding -> {
          found.add(finding);
          boolean isSound = finding.result() == Finding.Result.OK;
          return new Result(
              found, executors.apply(new Examination(directory, isSound, readable, driver)));
        });
  }

  /**
   * Examines the executor that runs this task.
   *
   * @param process a name that no other process has
   */
  List<Finding> ofExecutor(Configuration hadoop, String where, String process) {
    List<Finding> findings = new ArrayList<>();
    findings.add(SoftwareVersions.here().finding(where, driver));
    findings.add(MemoryLimits.of(MemoryLimit.here(SparkEnv.get().conf())).finding(where));
    data.forEach(location -> findings.add(location.ofExecutor(hadoop, where)));
    if (isDirectoryChecked) {
      findings.add(directory.ofExecutor(hadoop, where, process));
    }
    return findings;
  }
}
