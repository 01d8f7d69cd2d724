package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserExceptionTest {
  // What Spark 3.5.9 throws for a task of an executor that failed.
  private static SparkException task(String place, String exception) {
    return new SparkException(
        "Job aborted due to stage failure: Task 0 in stage 7.0 failed 1 times, most recent failure:"
            + " Lost task 0.0 in stage 7.0 (TID 9) ("
            + place
            + "): "
            + exception
            + "\n\tat io.meanfield.Some.method(Some.java:1)\n\nDriver stacktrace:",
        null);
  }

  private static UserException of(Throwable failure) {
    return UserException.of(failure);
  }

  @SuppressWarnings("InfiniteRecursion") // fills the stack
  private static int endless(int depth) {
    return endless(depth + 1) + 1;
  }

  private static Throwable thrownBy(Runnable action) {
    try {
      action.run();
    } catch (Throwable e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  @Test
  void fullHeapOfTheDriverNamesItsSizeAndTheOption() {
    // More bytes than the virtual machine of the tests has.
    Throwable full = thrownBy(() -> assertThat(new long[Integer.MAX_VALUE / 2]).isEmpty());
    UserException error = of(new IllegalStateException("outer", full));
    assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    assertThat(error)
        .hasMessage(
            "the memory of the driver is full (Java heap space), its heap has "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MiB; raise --driver-memory (spark.driver.memory), in which tasks run as well on"
                + " local masters");
  }

  @Test
  void fullHeapOfAnExecutorNamesTheExecutor() {
    assertThat(
            of(
                task(
                    "10.0.0.7 executor 3",
                    "java.lang.OutOfMemoryError: GC overhead limit exceeded")))
        .hasMessage(
            "the memory of executor 3 on 10.0.0.7 is full (GC overhead limit exceeded); raise"
                + " spark.executor.memory, or train.workers so that shards are smaller");
  }

  @Test
  void fullMemoryOfATaskOnALocalMasterIsThatOfTheDriver() {
    assertThat(of(task("host executor driver", "java.lang.OutOfMemoryError: Java heap space")))
        .hasMessageStartingWith(
            "the memory of the driver is full (Java heap space), its heap has ");
    assertThat(
            of(
                new IllegalStateException(
                    "Lost task 0.0 in stage 15.0 (TID 16) (10.0.0.7 executor driver):"
                        + " TaskResultLost (result lost from block manager)")))
        .hasMessageStartingWith(
            "the memory of the driver is full (TaskResultLost (result lost from block manager)),");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Cannot reserve 9 bytes of direct buffer memory (allocated: 1)|raise --driver-memory",
        "Physical memory usage is too high: physicalBytes (2G) > maxPhysicalBytes|native-memory",
        "unable to create native thread: possibly out of memory|ulimit -u",
        "something new|raise --driver-memory"
      })
  void eachMemoryHasItsRemedy(String message, String remedy) {
    UserException error = of(new OutOfMemoryError(message));
    assertThat(error.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
    assertThat(error).hasMessageContaining(remedy);
  }

  @Test
  void executorThatWasKilledForItsMemoryIsNamed() {
    String lost = "ExecutorLostFailure (executor 2 exited caused by one of the running tasks) ";
    assertThat(of(task("node executor 2", lost + "Reason: Command exited with code 52")))
        .hasMessageStartingWith("executor 2 on node ended because its memory was full; raise ");
    assertThat(of(task("node executor 2", lost + "Reason: Command exited with code 1")).code())
        .isEqualTo(ErrorCode.UNEXPECTED);
  }

  @Test
  void fullStackIsExplained() {
    assertThat(of(thrownBy(() -> endless(0))))
        .hasMessageStartingWith("the stack of a thread is full: an input is nested too deeply");
  }

  @Test
  void missingClassNamesItAndTheProbableCause() {
    assertThat(of(new NoClassDefFoundError("org/example/Missing")))
        .hasMessage(
            "a class or a native library is missing or does not fit (NoClassDefFoundError:"
                + " org.example.Missing); probably another version of a library is on the"
                + " classpath: check SPARK_HOME, --jars and --packages, and run the command"
                + " doctor");
    Throwable library = thrownBy(() -> System.loadLibrary("meanfield-none"));
    assertThat(of(library)).hasMessageContaining("UnsatisfiedLinkError: no meanfield-none in ");
  }

  @Test
  void damagedFileThatSparkReadsIsNamedWithTheReason() {
    Exception page =
        new IOException(
            "could not decompress the page! Struct: org.example.PageHeader$Scheme@36c9d972\n at x");
    Exception reading =
        new SparkException(
            "Encountered error while reading file file:///data/part%201.parquet. Details:", page);
    UserException error = of(new SparkException("Job aborted due to stage failure: …", reading));
    assertThat(error.code()).isEqualTo(ErrorCode.DATA_UNREADABLE);
    assertThat(error)
        .hasMessage(
            "/data/part 1.parquet cannot be read: could not decompress the page!; restore the file,"
                + " or remove it from the data");
  }

  @Test
  void damagedFooterIsExplained() {
    Exception reason = new IOException("don't know what type: 15");
    String expected =
        "/data/a 1.parquet cannot be read: don't know what type: 15; restore the file, or remove it"
            + " from the data";
    assertThat(
            of(
                new SparkException(
                    "[CANNOT_READ_FILE_FOOTER] Could not read footer for file:"
                        + " file:/data/a 1.parquet. Please ensure that the file is in either ORC or"
                        + " Parquet format.",
                    reason)))
        .hasMessage(expected);
    // Spark 4
    assertThat(
            of(
                new SparkException(
                    "[FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER] Encountered error while reading"
                        + " file file:///data/a 1.parquet. Could not read footer. Please ensure"
                        + " that the file is in either ORC or Parquet format.",
                    reason)))
        .hasMessage(expected);
  }

  @Test
  void failureOfATaskThatIsOnlyTextIsExplainedToo() {
    assertThat(
            of(
                task(
                    "node executor 1",
                    "org.apache.spark.SparkException: Encountered error while reading file"
                        + " hdfs://nn:8020/d/p.parquet. Details:\n\tat a.b(C.java:1)\nCaused by:"
                        + " java.io.EOFException: Reached the end of stream\n\tat d.e(F.java:2)")))
        .hasMessage(
            "hdfs://nn:8020/d/p.parquet cannot be read: Reached the end of stream; restore the"
                + " file, or remove it from the data");
  }

  @Test
  void everyOtherFailureIsUnexpectedInOneLine() {
    UserException error =
        of(new IllegalStateException("a\nb", new IOException(ByteBuffer.class.getName())));
    assertThat(error.code()).isEqualTo(ErrorCode.UNEXPECTED);
    assertThat(error)
        .hasMessage(
            "unexpected java.lang.IllegalStateException: a, caused by java.io.IOException:"
                + " java.nio.ByteBuffer; run again with --verbose for the stack trace");
  }

  @Test
  void firstUserExceptionOfTheChainIsFound() {
    UserException inner = new UserException(ErrorCode.DIVERGED, "diverged");
    assertThat(UserException.in(new SparkException("task", inner))).containsSame(inner);
    assertThat(UserException.in(new IOException("other"))).isEmpty();
  }
}
