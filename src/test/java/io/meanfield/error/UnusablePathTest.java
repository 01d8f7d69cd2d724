package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;

class UnusablePathTest {
  private static UserException failure(String path) {
    return UserException.of(
        new IllegalStateException(
            catchThrowable(() -> new Path(path).getFileSystem(new Configuration()))));
  }

  @Test
  void classOfS3aIsMissing() {
    UserException failure = failure("s3a://bucket/a");
    assertThat(failure)
        .hasMessage(
            "the class org.apache.hadoop.fs.s3a.S3AFileSystem is missing: Spark has no hadoop-aws;"
                + " add --packages org.apache.hadoop:hadoop-aws:"
                + VersionInfo.getVersion()
                + " before the command");
    assertThat(failure.code().exitCode()).isEqualTo(2);
  }

  @Test
  void schemeIsUnknown() {
    UserException failure = failure("hdsf://host/a");
    assertThat(failure)
        .hasMessage(
            "no file system has the scheme hdsf; correct the path, or add the package of its file"
                + " system with --packages before the command");
    assertThat(failure.code().exitCode()).isEqualTo(2);
  }

  @Test
  void nameWithAColonIsOneSentence() {
    Throwable failure = catchThrowable(() -> new Path(new Path("/data"), "a:b.csv"));
    assertThat(UserException.of(failure))
        .hasMessage(
            "the name a:b.csv has a colon, before which Hadoop and Spark expect a scheme; rename"
                + " the file or directory");
  }

  @Test
  void localFileWithAColonIsNamedAndNotItsChecksum() throws IOException {
    LocalFileSystem local = FileSystem.getLocal(new Configuration());
    Path file = new Path(Path.CUR_DIR, new Path(null, null, "id colon:x.csv"));
    assertThat(UserException.of(catchThrowable(() -> local.getChecksumFile(file))))
        .hasMessage(
            "the name id colon:x.csv has a colon, before which Hadoop and Spark expect a scheme;"
                + " rename the file or directory");
  }

  @Test
  void messageOfATaskAndOfAWrapperAreExplainedToo() {
    String task =
        "Job aborted (host executor 1): java.lang.ClassNotFoundException: Class"
            + " com.example.OtherFileSystem not found\n\tat x";
    assertThat(
            UserException.of(
                new UserException(ErrorCode.DATA_UNREADABLE, "x", new IllegalStateException(task))))
        .hasMessage(
            "the class com.example.OtherFileSystem is missing; correct the path, or add the package"
                + " of its file system with --packages before the command");
  }
}
