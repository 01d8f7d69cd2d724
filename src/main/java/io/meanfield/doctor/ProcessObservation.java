package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one process observes of itself without the native libraries. */
@DefaultSerializer(JavaSerializer.class)
record ProcessObservation(
    SoftwareVersions software, MemoryLimits memory, DirectoryCheck directory, List<DataAccess> data)
    implements Serializable {

  /** Judges what this process, the driver, has observed. */
  List<Finding> driverFindings() {
    List<Finding> findings = new ArrayList<>(findings("driver", this));
    findings.add(directory.finding("driver"));
    return findings;
  }

  /** Judges what this process, an executor, has observed. */
  List<Finding> executorFindings(String where, ProcessObservation driver) {
    List<Finding> findings = new ArrayList<>(findings(where, driver));
    // If the driver cannot write, the executors miss its file for that reason.
    if (driver.directory.isSound()) {
      findings.add(directory.finding(where));
    }
    return findings;
  }

  /**
   * Judges what this process, an executor, has observed at the start of a job. Data that the driver
   * cannot read either are left out, because the job itself refuses them.
   */
  List<Finding> startupFindings(String where, ProcessObservation driver) {
    return executorFindings(where, driver).stream()
        .filter(finding -> driver.data.stream().noneMatch(each -> each.isProblem(finding.check())))
        .toList();
  }

  private List<Finding> findings(String where, ProcessObservation driver) {
    List<Finding> findings = new ArrayList<>();
    findings.add(software.finding(where, driver.software));
    findings.add(memory.finding(where));
    for (int i = 0; i < data.size(); i++) {
      findings.add(data.get(i).finding(where, driver.data.get(i)));
    }
    return findings;
  }
}
