package io.meanfield.doctor;

import io.meanfield.batch.MemoryLimit;
import io.meanfield.store.DirectoryAccess;
import io.meanfield.store.DirectoryProbe;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.Leftovers;
import io.meanfield.store.RunSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every process has to observe.
 *
 * @param token the name of this examination, which no other one has
 * @param setting the key of the directory
 * @param directory the absolute path of the directory
 * @param singleWriter whether run.single-writer is set
 */
record Examination(
    String token, String setting, String directory, boolean singleWriter, List<DataLocation> data)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(Examination.class);

  private static final String PREFIX = ".doctor-";

  private record Made(String token, ProcessObservation observation) {}

  private static Optional<Made> last = Optional.empty();

  /** Returns an examination for jobs with these settings and data. */
  static Examination of(RunSettings run, List<DataLocation> data) {
    return of("run.directory", run.directory(), run.singleWriter(), data);
  }

  /** Returns an examination of a directory other than run.directory. */
  static Examination ofDirectory(String setting, String directory, boolean singleWriter) {
    return of(setting, directory, singleWriter, List.of());
  }

  private static Examination of(
      String setting, String directory, boolean singleWriter, List<DataLocation> data) {
    return new Examination(
        UUID.randomUUID().toString(),
        setting,
        HadoopPaths.resolve(directory).toString(),
        singleWriter,
        data);
  }

  // The executors must see it.
  private Path driverFile() {
    return file("driver");
  }

  private Path file(String process) {
    return new Path(directory, PREFIX + token + "-" + process);
  }

  /**
   * Observes the driver, and returns what {@code judge} makes of it. The driver's file exists
   * meanwhile.
   */
  List<Finding> withDriver(
      Configuration hadoop, Function<ProcessObservation, List<Finding>> judge) {
    DirectoryProbe probe = new DirectoryProbe(hadoop, driverFile());
    try {
      return judge.apply(observe(hadoop, driverMemory(), directoryCheck(true, probe.race())));
    } finally {
      close(probe);
    }
  }

  /** Deletes what examinations have left whose processes were killed. */
  void deleteLeftovers(Configuration hadoop) {
    new Leftovers(hadoop, new Path(directory), PREFIX).delete();
  }

  /** Returns the memory that the driver may use; nothing limits what it has outside the heap. */
  static MemoryLimit driverMemory() {
    return new MemoryLimit(Runtime.getRuntime().maxMemory(), OptionalLong.empty());
  }

  private void close(DirectoryProbe probe) {
    try {
      probe.close();
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", driverFile(), e.getMessage());
    }
  }

  /**
   * Observes the executor that runs this task. The tasks of one executor share one observation,
   * because any of them may be the only one whose result Spark takes.
   */
  ProcessObservation ofExecutor(Configuration hadoop) {
    synchronized (Examination.class) {
      if (last.filter(made -> made.token().equals(token)).isEmpty()) {
        MemoryLimit memory = MemoryLimit.here(SparkEnv.get().conf());
        last = Optional.of(new Made(token, observe(hadoop, memory, directoryCheck(hadoop))));
      }
      return last.orElseThrow().observation();
    }
  }

  private ProcessObservation observe(
      Configuration hadoop, MemoryLimit memory, DirectoryCheck directoryCheck) {
    return new ProcessObservation(
        SoftwareVersions.here(),
        MemoryLimits.here(memory),
        directoryCheck,
        data.stream().map(location -> DataAccess.of(hadoop, location)).toList());
  }

  // Writes nothing if the directory is not the driver's, because it would make one of its own.
  private DirectoryCheck directoryCheck(Configuration hadoop) {
    if (!DirectoryProbe.isVisible(hadoop, driverFile())) {
      return directoryCheck(false, DirectoryAccess.NONE);
    }
    ProcessId id = ProcessId.here();
    Path own = file(id.executor() + "-" + id.port());
    try (DirectoryProbe probe = new DirectoryProbe(hadoop, own)) {
      return directoryCheck(true, probe.race());
    } catch (IOException e) {
      return directoryCheck(true, DirectoryAccess.failed(e));
    }
  }

  private DirectoryCheck directoryCheck(boolean isShared, DirectoryAccess access) {
    return new DirectoryCheck(
        setting, HadoopPaths.display(new Path(directory)), singleWriter, isShared, access);
  }
}
