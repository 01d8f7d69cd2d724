package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.engine.EngineChoice;
import io.meanfield.network.DeviceChoice;
import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** What one process observes of its native libraries, which it loads for that. */
@DefaultSerializer(JavaSerializer.class)
record LibraryObservation(MathLibraries libraries, GpuAccess gpu) implements Serializable {
  /** Loads the libraries of an engine in this process. */
  static LibraryObservation of(Engine engine, Kernels kernels, DeviceChoice device) {
    MathLibraries libraries = MathLibraries.load(engine, kernels);
    return new LibraryObservation(libraries, GpuAccess.here(libraries, device));
  }

  /** Judges what this process, the driver, has observed. The GPUs are those of the executors. */
  List<Finding> driverFindings(EngineChoice choice) {
    return findings("driver", choice, this);
  }

  /** Judges what this process, an executor, has observed. */
  List<Finding> executorFindings(String where, EngineChoice choice, LibraryObservation driver) {
    return Stream.concat(findings(where, choice, driver).stream(), Stream.of(gpu.finding(where)))
        .toList();
  }

  private List<Finding> findings(String where, EngineChoice choice, LibraryObservation driver) {
    return List.of(
        libraries.loadFinding(where, choice, driver.libraries),
        libraries.kernelsFinding(where),
        libraries.threadsFinding(where));
  }
}
