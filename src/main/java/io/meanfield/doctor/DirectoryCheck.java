package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.UserException;
import io.meanfield.store.RunSettings;
import io.meanfield.store.StoreDirectory;
import io.meanfield.store.file.HadoopPaths;
import java.io.Serializable;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The check whether processes can keep files in run.directory.
 *
 * @param directory the absolute path of the directory
 * @param singleWriter whether run.single-writer is set: files need not be created atomically
 * @param file the name of the driver's file, which no other check has
 */
@DefaultSerializer(JavaSerializer.class)
record DirectoryCheck(String directory, boolean singleWriter, String file) implements Serializable {
  private static final String SETTING = "run.directory";

  static DirectoryCheck of(RunSettings run) {
    return new DirectoryCheck(
        HadoopPaths.resolve(run.directory()).toString(),
        run.singleWriter(),
        ".doctor-" + UUID.randomUUID());
  }

  /** Checks the directory on the driver, whose file exists while {@code work} uses the finding. */
  <T> T withDriver(Configuration hadoop, Function<Finding, T> work) {
    StoreDirectory files = files(hadoop);
    Finding finding =
        finding(
            "driver",
            () -> {
              files.requireWritable(singleWriter, "run");
              write(files, file);
            });
    try {
      return work.apply(finding);
    } finally {
      if (finding.result() == Finding.Result.OK) {
        files.delete(file);
      }
    }
  }

  /** Checks the directory on this process, an executor, while the driver's file exists. */
  Finding ofExecutor(Configuration hadoop, String where, String process) {
    StoreDirectory files = files(hadoop);
    // Writes nothing if the directory is not the driver's, because it would make one of its own.
    if (!files.exists(file)) {
      return Finding.failed(
          SETTING,
          where,
          "a file that the driver created in " + files.display() + " is missing",
          "set run.directory to a file system that all machines share, such as hdfs:///runs");
    }
    return finding(
        where,
        () -> {
          write(files, file + "-" + process);
          files.delete(file + "-" + process);
        });
  }

  private StoreDirectory files(Configuration hadoop) {
    return StoreDirectory.shared(hadoop, new Path(directory), SETTING);
  }

  private static void write(StoreDirectory files, String name) {
    files.replace(name, out -> out.write(1));
  }

  private Finding finding(String where, Runnable check) {
    try {
      check.run();
      return Finding.ok(
          SETTING, where, HadoopPaths.display(new Path(directory)) + " can be written");
    } catch (UserException e) {
      return Finding.failed(SETTING, where, e.getMessage(), ""); // it has a remedy
    }
  }
}
