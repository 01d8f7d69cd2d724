package io.meanfield.pipeline.doctor;

import io.meanfield.network.Engine;
import io.meanfield.network.Kernels;
import io.meanfield.store.DirectoryAccess;
import io.meanfield.store.DirectoryProbe;
import io.meanfield.store.HadoopPaths;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What every process has to observe.
 *
 * @param token the name of this examination, which no other one has
 * @param directory the absolute path of run.directory
 */
record Examination(
    String token, Engine engine, Kernels kernels, String directory, List<DataLocation> data)
    implements Serializable {
  private record Made(String token, ProcessObservation observation) {}

  private static Optional<Made> last = Optional.empty();

  /** Returns the file of the driver, which the executors must see. */
  Path driverFile() {
    return file("driver");
  }

  private Path file(String process) {
    return new Path(directory, ".doctor-" + token + "-" + process);
  }

  /**
   * Observes the driver.
   *
   * @param access what the driver can do in run.directory
   */
  ProcessObservation ofDriver(Configuration hadoop, DirectoryAccess access) {
    return observe(hadoop, new DirectoryCheck(displayedDirectory(), true, access));
  }

  /**
   * Observes the executor that runs this task. The tasks of one executor share one observation,
   * because any of them may be the only one whose result Spark takes.
   */
  ProcessObservation ofExecutor(Configuration hadoop) {
    synchronized (Examination.class) {
      if (last.filter(made -> made.token().equals(token)).isEmpty()) {
        last = Optional.of(new Made(token, observe(hadoop, directoryCheck(hadoop))));
      }
      return last.orElseThrow().observation();
    }
  }

  private ProcessObservation observe(Configuration hadoop, DirectoryCheck directoryCheck) {
    MathLibraries libraries = MathLibraries.load(engine, kernels);
    return new ProcessObservation(
        ProcessId.here(),
        SoftwareVersions.here(),
        libraries,
        MemoryLimits.here(),
        directoryCheck,
        data.stream().map(location -> DataAccess.of(hadoop, location)).toList(),
        GpuAccess.here(libraries));
  }

  // Writes nothing if the directory is not the driver's, because it would make one of its own.
  private DirectoryCheck directoryCheck(Configuration hadoop) {
    if (!DirectoryProbe.isVisible(hadoop, driverFile())) {
      return new DirectoryCheck(displayedDirectory(), false, DirectoryAccess.NONE);
    }
    ProcessId id = ProcessId.here();
    Path own = file(id.executor() + "-" + id.port());
    try (DirectoryProbe probe = new DirectoryProbe(hadoop, own)) {
      return new DirectoryCheck(displayedDirectory(), true, probe.race());
    } catch (IOException e) {
      return new DirectoryCheck(displayedDirectory(), true, DirectoryAccess.failed(e));
    }
  }

  private String displayedDirectory() {
    return HadoopPaths.display(new Path(directory));
  }
}
