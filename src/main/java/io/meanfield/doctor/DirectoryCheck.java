package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.store.Leftovers;
import io.meanfield.store.file.DirectoryAccess;
import io.meanfield.store.file.DirectoryProbe;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check whether processes can keep files in run.directory.
 *
 * @param setting the key of the directory
 * @param directory the absolute path of the directory
 * @param singleWriter whether run.single-writer is set: files need not be created atomically
 * @param token a part of the names of files, which no other check has
 */
@DefaultSerializer(JavaSerializer.class)
record DirectoryCheck(String setting, String directory, boolean singleWriter, String token)
    implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryCheck.class);
  private static final String PREFIX = ".doctor-";

  /** Returns the check of a directory as the user wrote it. */
  static DirectoryCheck of(String setting, String directory, boolean singleWriter) {
    return new DirectoryCheck(
        setting,
        HadoopPaths.resolve(directory).toString(),
        singleWriter,
        UUID.randomUUID().toString());
  }

  /** Deletes what checks have left whose processes were killed. */
  void deleteLeftovers(Configuration hadoop) {
    new Leftovers(hadoop, new Path(directory), PREFIX).delete();
  }

  /** Checks the directory on the driver, whose file exists while {@code work} uses the finding. */
  <T> T withDriver(Configuration hadoop, Function<Finding, T> work) {
    DirectoryProbe probe = new DirectoryProbe(hadoop, file("driver"));
    try {
      return work.apply(finding("driver", probe.race()));
    } finally {
      close(probe);
    }
  }

  private void close(DirectoryProbe probe) {
    try {
      probe.close();
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", file("driver"), e.getMessage());
    }
  }

  /** Checks the directory on this process, an executor, while the driver's file exists. */
  Finding ofExecutor(Configuration hadoop, String where, String process) {
    // Writes nothing if the directory is not the driver's, because it would make one of its own.
    if (!DirectoryProbe.isVisible(hadoop, file("driver"))) {
      return Finding.failed(
          setting,
          where,
          "a file that the driver created in " + display() + " is missing",
          "set " + setting + " to a file system that all machines share, such as hdfs:///runs");
    }
    try (DirectoryProbe probe = new DirectoryProbe(hadoop, file(process))) {
      return finding(where, probe.race());
    } catch (IOException e) {
      return finding(where, DirectoryAccess.failed(e));
    }
  }

  private Path file(String process) {
    return new Path(directory, PREFIX + token + "-" + process);
  }

  private String display() {
    return HadoopPaths.display(new Path(directory));
  }

  Finding finding(String where, DirectoryAccess access) {
    if (!access.problem().isEmpty()) {
      return Finding.failed(
          setting,
          where,
          display() + " cannot be written: " + access.problem(),
          "set " + setting + " to a directory that the user of the process may write to");
    }
    if (access.winners() != 1 && !singleWriter) {
      return Finding.failed(
          setting,
          where,
          access.winners()
              + " of two simultaneous attempts created one file in "
              + display()
              + ", expected 1",
          "set " + setting + " to a file system that creates files atomically, such as HDFS");
    }
    if (access.winners() == 1 && !access.readBack()) {
      return Finding.failed(
          setting,
          where,
          "a file in " + display() + " reads back with other contents",
          "check the disk or the file system of " + setting + " for damage");
    }
    return Finding.ok(
        setting,
        where,
        display()
            + (access.winners() == 1
                ? ": writes, reads and creates files atomically"
                : ": writes and reads files; run.single-writer guarantees one writer"));
  }
}
