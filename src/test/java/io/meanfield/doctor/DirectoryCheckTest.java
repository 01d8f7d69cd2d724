package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCheckTest {
  private static final String WHERE = "executor 1 on a";

  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();

  private DirectoryCheck at(Path directory) {
    return new DirectoryCheck(directory.toString(), false, ".doctor-1");
  }

  @Test
  void directoryThatDriverAndExecutorShareIsOkAndStaysEmpty() {
    DirectoryCheck check = at(folder);
    Finding driver =
        check.withDriver(
            hadoop,
            finding -> {
              assertThat(check.ofExecutor(hadoop, WHERE, "1"))
                  .isEqualTo(Finding.ok("run.directory", WHERE, folder + " can be written"));
              return finding;
            });
    assertThat(driver).isEqualTo(Finding.ok("run.directory", "driver", folder + " can be written"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void directoryThatTheDriverDoesNotShareFails() {
    assertThat(at(folder).ofExecutor(hadoop, WHERE, "1"))
        .isEqualTo(
            Finding.failed(
                "run.directory",
                WHERE,
                "a file that the driver created in " + folder + " is missing",
                "set run.directory to a file system that all machines share, such as"
                    + " hdfs:///runs"));
  }

  @Test
  void directoryThatCannotBeWrittenFails() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Finding found = at(file.resolve("runs")).withDriver(hadoop, finding -> finding);
    assertThat(found.result()).isEqualTo(Finding.Result.FAILED);
    assertThat(found.sentence())
        .startsWith("driver: cannot write " + file + "/runs: ")
        .endsWith("; check run.directory, its permissions and the free space");
  }
}
