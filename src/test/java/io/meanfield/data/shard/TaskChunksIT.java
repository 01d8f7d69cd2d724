package io.meanfield.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Examples;
import io.meanfield.fixture.LocalSpark;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.Tuple2;

/** Reading in threads of a task, on which the task may fail. */
@Timeout(60)
class TaskChunksIT {
  private static final CountDownLatch READING = new CountDownLatch(1);
  private static final CountDownLatch CHUNK_IS_READY = new CountDownLatch(1);
  private static final CompletableFuture<Long> LEFT_BEHIND = new CompletableFuture<>();
  private static final AtomicReference<Thread> TASK_THREAD = new AtomicReference<>();
  private static final AtomicReference<TaskChunks> ENDED = new AtomicReference<>();

  /** Returns two chunks, each with its partition as its id. */
  private static JavaRDD<Examples> chunks() {
    return LocalSpark.context()
        .parallelize(List.of(0, 1), 2)
        .mapToPair(id -> new Tuple2<>(id, id))
        .partitionBy(new HashPartitioner(2)) // an Integer's hash is its value
        .values()
        .map(id -> Examples.images(new long[] {id}, new byte[1], new byte[1], 1));
  }

  /** Returns what a task does with the chunks. */
  private static <T> JavaRDD<T> inOneTask(
      JavaRDD<Examples> chunks, Function<RDD<Examples>, T> work) {
    RDD<Examples> read = chunks.rdd();
    return chunks.coalesce(1).mapPartitions(unread -> List.of(work.call(read)).iterator());
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static boolean waitsForReads(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && List.of(thread.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().equals(TaskChunks.class.getName()));
  }

  @Test
  void taskEndsAfterAReadThatAnotherOfItsThreadsBegan() throws Exception {
    JavaRDD<Examples> slow =
        chunks()
            .map(
                chunk -> {
                  READING.countDown();
                  await(CHUNK_IS_READY);
                  return chunk;
                })
            .persist(StorageLevel.MEMORY_AND_DISK());
    JavaFutureAction<List<Long>> job =
        inOneTask(slow, TaskChunksIT::leaveReadBehind).collectAsync();
    await(READING);
    while (!job.isDone() && (TASK_THREAD.get() == null || !waitsForReads(TASK_THREAD.get()))) {
      Thread.onSpinWait();
    }
    assertThat(job.isDone()).isFalse();
    CHUNK_IS_READY.countDown();
    assertThat(job.get()).hasSize(1);
    assertThat(LEFT_BEHIND.get(30, TimeUnit.SECONDS)).isZero();
    slow.unpersist(true);
  }

  private static long leaveReadBehind(RDD<Examples> chunks) throws InterruptedException {
    TaskChunks reader = new TaskChunks(chunks, TaskContext.get(), 1);
    new Thread(() -> LEFT_BEHIND.complete(reader.read(0).ids()[0])).start();
    await(READING);
    TASK_THREAD.set(Thread.currentThread());
    return 0;
  }

  @Test
  void chunksOfAnEndedTaskCannotBeRead() {
    inOneTask(chunks(), TaskChunksIT::keepReader).collect();
    assertThatThrownBy(() -> ENDED.get().read(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the task has ended; its chunks cannot be read any longer");
  }

  private static long keepReader(RDD<Examples> chunks) {
    ENDED.set(new TaskChunks(chunks, TaskContext.get(), 1));
    return 0;
  }

  @Test
  void chunkIsReadAfterItsReadingInAdvanceWasRefused() {
    assertThat(inOneTask(chunks(), TaskChunksIT::readAfterRefusal).collect()).containsExactly(1L);
  }

  private static long readAfterRefusal(RDD<Examples> chunks) {
    TaskChunks reader = new TaskChunks(chunks, TaskContext.get(), 1, TaskChunksIT::refuse);
    assertThatThrownBy(() -> reader.prefetch(1)).hasMessage("no thread is free");
    return reader.read(1).ids()[0];
  }

  private static void refuse(Runnable reading) {
    throw new RejectedExecutionException("no thread is free");
  }
}
