package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fits that end before they are done. */
@Timeout(240)
@Tag("cluster")
@Tag("promise")
class CancelledFitIT {
  private static final String GROUP = "of the program";
  private static final long PAUSE_NANOS = 5_000_000;

  /** The failure of a fit, and whether its thread had the flag of an interrupt afterwards. */
  private record Failure(UserException exception, boolean interrupted) {}

  /** Learns when a task of an epoch starts. */
  private static final class EpochListener extends SparkListener {
    private final String epoch;
    private final CountDownLatch started = new CountDownLatch(1);
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

    EpochListener(int epoch) {
      this.epoch = "epoch " + epoch + ",";
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
      if (stage.properties().getProperty("spark.job.description", "").startsWith(epoch)) {
        stages.add(stage.stageInfo().stageId());
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      if (stages.contains(task.stageId())) {
        started.countDown();
      }
    }
  }

  /** Fits on another thread, ends the fit in an epoch, and returns its failure. */
  private static Failure failure(
      MeanfieldClassifier classifier, Dataset<Row> rows, int epoch, Consumer<Thread> end)
      throws Exception {
    SparkContext spark = rows.sparkSession().sparkContext();
    EpochListener listener = new EpochListener(epoch);
    spark.addSparkListener(listener);
    FutureTask<Failure> fit =
        new FutureTask<>(
            () -> {
              try {
                classifier.fit(rows);
                throw new AssertionError("the fit was done");
              } catch (UserException e) {
                return new Failure(e, Thread.interrupted());
              }
            });
    Thread thread = new Thread(fit, "fit");
    thread.start();
    listener.started.await();
    end.accept(thread);
    Failure failure = fit.get();
    spark.removeSparkListener(listener);
    return failure;
  }

  private static MeanfieldClassifier classifier() {
    return new MeanfieldClassifier().setIdCol("id").setHiddenLayers(new int[] {8}).setMaxIter(60);
  }

  /**
   * Ends a fit of which one round takes minutes, while it computes, and waits until nothing of it
   * computes any more.
   */
  private static Failure slowFailure(Consumer<Thread> end) throws Exception {
    Failure failure =
        failure(
            slow(),
            Frames.clouds(10_000),
            1,
            thread -> {
              while (computingThreads().isEmpty()) {
                LockSupport.parkNanos(PAUSE_NANOS);
              }
              end.accept(thread);
            });
    while (!computingThreads().isEmpty()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return failure;
  }

  /** Returns a classifier of which one round takes minutes, on all cores. */
  private static MeanfieldClassifier slow() {
    return classifier()
        .setHiddenLayers(new int[] {2048, 2048})
        .setBatchSize(1)
        .setNetwork("train.sync-frequency = 1000000");
  }

  private static List<Thread> threadsOfTasks() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("Executor task launch worker"))
        .toList();
  }

  private static List<Thread> computingThreads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(
            thread ->
                Stream.of(thread.getValue())
                    .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .anyMatch("io.meanfield.engine.torch.TorchLearner.fit"::equals))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Fits again, for which all cores must be free; nothing of the other fits may be cached. */
  private static void requireUsable(Set<Integer> cachedBefore) {
    // Spark may have cleaned up what other tests have cached.
    assertThat(LocalSpark.cachedRdds()).isSubsetOf(cachedBefore);
    assertThat(classifier().setMaxIter(1).fit(Frames.clouds(300)).numClasses()).isEqualTo(3);
  }

  @Test
  void fitEndsWithTheJobGroupOfTheProgram() throws Exception {
    SparkContext spark = LocalSpark.session().sparkContext();
    Set<Integer> cached = LocalSpark.cachedRdds();
    spark.setJobGroup(GROUP, "fit", false); // threads that start now inherit it
    try {
      Failure failure = slowFailure(thread -> spark.cancelJobGroup(GROUP));
      assertThat(failure.exception().code()).isEqualTo(ErrorCode.INTERRUPTED);
      assertThat(failure.exception().getMessage())
          .matches(
              "fit was cancelled: Spark's Job \\d+ cancelled part of cancelled job group " + GROUP);
      assertThat(failure.interrupted()).isFalse();
    } finally {
      spark.clearJobGroup();
    }
    requireUsable(cached);
  }

  @Test
  void interruptedFitCancelsItsOwnJobsOnly() throws Exception {
    Set<Integer> cached = LocalSpark.cachedRdds();
    List<JavaFutureAction<Long>> ofProgram = new ArrayList<>();
    Failure failure =
        slowFailure(
            thread -> {
              ofProgram.add(LocalSpark.context().parallelize(List.of(1, 2, 3)).countAsync());
              thread.interrupt();
            });
    assertThat(failure.exception().code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(failure.exception())
        .hasMessage("fit was interrupted; its Spark jobs are cancelled")
        .hasRootCauseInstanceOf(InterruptedException.class);
    assertThat(failure.interrupted()).isTrue();
    assertThat(ofProgram.get(0).get()).isEqualTo(3);
    requireUsable(cached);
  }

  @Test
  void fitOnAStoppedSessionSaysSo() throws Exception {
    SparkSession session = LocalSpark.on("local[2]", Map.of());
    List<Thread> tasks = new ArrayList<>();
    Failure failure =
        slowFailure(
            thread -> {
              tasks.addAll(threadsOfTasks());
              session.stop();
            });
    assertThat(failure.exception().code()).isEqualTo(ErrorCode.APPLICATION_ENDED);
    assertThat(failure.exception()).hasMessage("the SparkSession was stopped before fit was done");
    assertThat(failure.interrupted()).isFalse();
    assertThat(tasks).isNotEmpty();
    for (Thread task : tasks) {
      task.join();
    }
    assertThat(classifier().setMaxIter(1).fit(Frames.clouds(300)).numClasses()).isEqualTo(3);
  }
}
