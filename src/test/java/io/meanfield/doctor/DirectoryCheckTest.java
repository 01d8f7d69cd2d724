package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.file.DirectoryAccess;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class DirectoryCheckTest {
  private static Finding finding(int winners, boolean readBack, String problem) {
    return check(false, new DirectoryAccess(winners, readBack, problem));
  }

  private static Finding check(boolean singleWriter, DirectoryAccess access) {
    return DirectoryCheck.of("run.directory", "/runs", singleWriter).finding("driver", access);
  }

  private static Finding failed(String message, String remedy) {
    return Finding.failed("run.directory", "driver", message, remedy);
  }

  @Test
  void oneWinnerThatReadsBackIsOk() {
    assertThat(finding(1, true, ""))
        .isEqualTo(
            Finding.ok(
                "run.directory", "driver", "/runs: writes, reads and creates files atomically"));
  }

  @Test
  void directoryThatTheDriverDoesNotShareFails() {
    assertThat(
            DirectoryCheck.of("run.directory", "/runs", false)
                .ofExecutor(new Configuration(), "driver", "1"))
        .isEqualTo(
            failed(
                "a file that the driver created in /runs is missing",
                "set run.directory to a file system that all machines share, such as"
                    + " hdfs:///runs"));
  }

  @Test
  void directoryThatCannotBeWrittenFails() {
    assertThat(finding(0, false, "Permission denied"))
        .isEqualTo(
            failed(
                "/runs cannot be written: Permission denied",
                "set run.directory to a directory that the user of the process may write to"));
  }

  @Test
  void twoWinnersOrNoneFail() {
    String remedy =
        "set run.directory to a file system that creates files atomically, such as HDFS";
    assertThat(finding(2, true, ""))
        .isEqualTo(
            failed("2 of two simultaneous attempts created one file in /runs, expected 1", remedy));
    assertThat(finding(0, false, ""))
        .isEqualTo(
            failed("0 of two simultaneous attempts created one file in /runs, expected 1", remedy));
  }

  @Test
  void singleWriterNeedsNoAtomicCreate() {
    assertThat(check(true, new DirectoryAccess(2, true, "")))
        .isEqualTo(
            Finding.ok(
                "run.directory",
                "driver",
                "/runs: writes and reads files; run.single-writer guarantees one writer"));
  }

  @Test
  void otherContentsThanThoseWrittenFail() {
    assertThat(finding(1, false, ""))
        .isEqualTo(
            failed(
                "a file in /runs reads back with other contents",
                "check the disk or the file system of run.directory for damage"));
  }
}
