package io.meanfield.pipeline.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.engine.EngineChoice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What one process observes of itself. */
@DefaultSerializer(JavaSerializer.class)
record ProcessObservation(
    ProcessId id,
    SoftwareVersions software,
    MathLibraries libraries,
    MemoryLimits memory,
    DirectoryCheck directory,
    List<DataAccess> data,
    GpuAccess gpu)
    implements Serializable {

  /** Judges what this process, the driver, has observed. */
  List<Finding> driverFindings(EngineChoice choice) {
    List<Finding> findings = new ArrayList<>(findings("driver", choice, this));
    findings.add(directory.finding("driver"));
    return findings;
  }

  /** Judges what this process, an executor, has observed. */
  List<Finding> executorFindings(EngineChoice choice, ProcessObservation driver) {
    String where = id.executorName();
    List<Finding> findings = new ArrayList<>(findings(where, choice, driver));
    // If the driver cannot write, the executors miss its file for that reason.
    if (driver.directory.access().isSound()) {
      findings.add(directory.finding(where));
    }
    findings.add(gpu.finding(where));
    return findings;
  }

  private List<Finding> findings(String where, EngineChoice choice, ProcessObservation driver) {
    List<Finding> findings = new ArrayList<>();
    findings.add(software.finding(where, driver.software));
    findings.add(libraries.loadFinding(where, choice, driver.libraries));
    findings.add(libraries.kernelsFinding(where));
    findings.add(libraries.threadsFinding(where));
    findings.add(memory.finding(where));
    for (int i = 0; i < data.size(); i++) {
      findings.add(data.get(i).finding(where, driver.data.get(i)));
    }
    return findings;
  }
}
