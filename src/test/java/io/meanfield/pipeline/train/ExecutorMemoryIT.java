package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The resident memory of two executors in processes of their own, as Linux counts it. */
@Tag("cluster")
class ExecutorMemoryIT {
  private static final int HEAP = 512; // MiB
  private static final int NATIVE_MEMORY = 640;
  private static final int EPOCHS = 6;

  @TempDir private Path folder;

  /** The largest memory of an executor, in MiB. */
  private record Reading(int rounds, long resident, long peak) {
    static Reading of(Submit submit, int rounds) {
      return new Reading(rounds, largest(submit, "VmRSS"), largest(submit, "VmHWM"));
    }

    private static long largest(Submit submit, String field) {
      List<Long> executors = submit.executors().map(each -> kibibytes(each, field)).toList();
      assertThat(executors).hasSize(2);
      return executors.stream().mapToLong(each -> each / 1024).max().orElseThrow();
    }

    private static long kibibytes(ProcessHandle process, String field) {
      Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
      try (Stream<String> lines = Files.lines(status)) {
        String line = lines.filter(each -> each.startsWith(field + ":")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
      } catch (IOException e) {
        throw new AssertionError("the executor has ended", e);
      }
    }

    String row() {
      return String.format(Locale.ROOT, "%6d  %8d  %4d%n", rounds, resident, peak);
    }
  }

  /** Starts a training whose heaps are touched at the start, so that they do not grow later. */
  private Submit train(String job, int syncFrequency, int nativeMemory) throws IOException {
    List<String> options =
        List.of(
            "--master",
            "local-cluster[2,1,1024]",
            "--conf",
            "spark.executor.memory=" + HEAP + "m",
            "--conf",
            "spark.executor.extraJavaOptions=-XX:+AlwaysPreTouch -Xms" + HEAP + "m");
    return Submit.startIn(
        Map.of("SPARK_HOME", Submit.SPARK_HOME),
        options,
        "train",
        "--conf",
        "jobs/" + job + ".conf",
        "--run-id",
        job,
        "--set",
        "run { directory=\"" + folder + "\", native-memory=" + nativeMemory + "m }",
        "--set",
        Mnist.setting("train", Mnist.first(12_000)),
        "--set",
        "train { epochs=" + EPOCHS + ", sync-frequency=" + syncFrequency + " }");
  }

  @ParameterizedTest
  @CsvSource({"mnist-lenet, 2, 45", "mnist-train, 1, 66"})
  void executorsKeepToHeapAndNativeMemoryOverTwoHundredRounds(
      String job, int syncFrequency, int roundsOfAnEpoch) throws Exception {
    List<Reading> readings = new ArrayList<>();
    try (Submit submit = train(job, syncFrequency, NATIVE_MEMORY)) {
      for (int epoch = 1; epoch < EPOCHS; epoch++) {
        String start = "epoch   " + epoch + "/";
        submit.awaitLine(line -> line.startsWith(start));
        readings.add(Reading.of(submit, epoch * roundsOfAnEpoch));
      }
      Submit.Finished finished = submit.finish();
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    }
    Files.writeString(
        Path.of("target/executor-memory-" + job + ".txt"),
        "rounds  resident  peak  (MiB)\n"
            + String.join("", readings.stream().map(Reading::row).toList()));
    assertThat(rounds(job)).isEqualTo((long) EPOCHS * roundsOfAnEpoch);
    Reading last = readings.get(readings.size() - 1);
    assertThat(last.rounds()).isGreaterThan(200);
    assertThat(last.peak()).isLessThanOrEqualTo(HEAP + NATIVE_MEMORY);
    // The JVM grows while it compiles. A leak of 250 kB a round would add 22 MiB in 90 rounds.
    assertThat(last.resident() - readings.get(2).resident()).isLessThan(20);
  }

  private long rounds(String job) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(job).resolve("tables/rounds").toString())
        .select("epoch", "round")
        .distinct()
        .count();
  }

  @Test
  void executorThatExceedsItsMemoryFailsTheRunWithOneSentence() throws Exception {
    try (Submit submit = train("mnist-lenet", 2, 64)) {
      Submit.Finished finished = submit.finish();
      assertThat(finished.err())
          .matches(
              "error: an executor on \\S+ uses \\d+ MiB, more than its heap \\(\\d+ MiB\\) and"
                  + " run.native-memory \\(64 MiB\\) together; raise run.native-memory, or"
                  + " spark.executor.memoryOverhead if that is set, or lower train.batch-size or"
                  + " spark.executor.cores\n");
      assertThat(finished.exitCode()).isEqualTo(1);
    }
    assertThat(Files.readString(folder.resolve("mnist-lenet/status.json")))
        .contains("\"out_of_memory\"");
  }
}
