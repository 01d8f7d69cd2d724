package io.meanfield.data.shard;

import io.meanfield.data.Examples;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;

/**
 * Reads chunks from Spark's cache in a task, one of them in advance. Spark computes a chunk again
 * that the cache has lost. Thread-safe.
 */
final class TaskChunks {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          runnable -> {
            Thread thread = new Thread(runnable, "meanfield-chunks");
            thread.setDaemon(true);
            return thread;
          });

  private final RDD<Examples> chunks;
  private final TaskContext task;
  private Optional<Ahead> ahead = Optional.empty();

  /** A chunk that is being read in advance. */
  private record Ahead(int partition, FutureTask<Examples> chunk) {}

  /**
   * Creates a reader.
   *
   * @param chunks a chunk in each partition, shuffled, so that executors know the partitions
   * @param shards the number of shards that the task reads
   */
  TaskChunks(RDD<Examples> chunks, TaskContext task, int shards) {
    this.chunks = chunks;
    this.task = task;
    int held = shards + 1; // the current chunk of each shard, and one in advance
    RecentChunks.begin(held);
    TaskCompletionListener listener =
        ended -> {
          awaitAhead();
          RecentChunks.end(held);
        };
    task.addTaskCompletionListener(listener);
  }

  /** Returns a chunk. */
  Examples read(int partition) {
    Optional<Ahead> reading = ahead(partition);
    if (reading.isEmpty()) {
      return load(partition);
    }
    Examples chunk = result(reading.get().chunk());
    synchronized (this) {
      ahead = ahead.filter(other -> other.partition() != partition);
    }
    return chunk;
  }

  private synchronized Optional<Ahead> ahead(int partition) {
    return ahead.filter(reading -> reading.partition() == partition);
  }

  /** Begins to read a chunk, unless another one is read in advance and not taken yet. */
  synchronized void prefetch(int partition) {
    if (ahead.isEmpty() && !RecentChunks.holds(chunks.id(), partition)) {
      FutureTask<Examples> chunk = new FutureTask<>(() -> load(partition));
      ahead = Optional.of(new Ahead(partition, chunk));
      THREADS.execute(chunk);
    }
  }

  private Examples load(int partition) {
    return RecentChunks.find(chunks.id(), partition)
        .orElseGet(
            () -> {
              Examples chunk = inTask(() -> cached(partition));
              RecentChunks.add(chunks.id(), partition, chunk);
              return chunk;
            });
  }

  private Examples cached(int partition) {
    Iterator<Examples> found = chunks.iterator(chunks.partitions()[partition], task);
    Examples chunk = found.next();
    // hasNext() at the end makes the iterator release the lock on its cached block.
    if (found.hasNext()) {
      throw new IllegalStateException("expected one chunk in each partition, found more");
    }
    return chunk;
  }

  // Spark finds out by the thread which task locks a block, and a task has further threads.
  private Examples inTask(Supplier<Examples> reading) {
    if (TaskContext.get() != null) {
      return reading.get();
    }
    TaskContext$.MODULE$.setTaskContext(task);
    try {
      return reading.get();
    } finally {
      TaskContext$.MODULE$.unset();
    }
  }

  private static Examples result(FutureTask<Examples> chunk) {
    try {
      return chunk.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause; // the exception of a task that is killed, for one, must reach Spark as it is
      }
      throw new IllegalStateException(
          "a chunk cannot be read: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the task was cancelled", e);
    }
  }

  // The locks of a task end with it, so none of its threads may read any longer.
  private void awaitAhead() {
    Optional<Ahead> last;
    synchronized (this) {
      last = ahead;
    }
    boolean interrupted = false;
    while (last.isPresent() && !last.get().chunk().isDone()) {
      try {
        last.get().chunk().get();
      } catch (ExecutionException e) {
        break; // nobody needs the chunk
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
