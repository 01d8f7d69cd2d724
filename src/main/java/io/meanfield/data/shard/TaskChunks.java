package io.meanfield.data.shard;

import io.meanfield.data.Examples;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
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
  private final Executor threads;
  // A party is the task, or a read in progress; the phaser terminates when all of them have ended.
  private final Phaser reads = new Phaser(1);
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
    this(chunks, task, shards, THREADS);
  }

  /**
   * Creates a reader.
   *
   * @param threads run the reading in advance
   */
  TaskChunks(RDD<Examples> chunks, TaskContext task, int shards, Executor threads) {
    this.chunks = chunks;
    this.task = task;
    this.threads = threads;
    int held = shards + 1; // the current chunk of each shard, and one in advance
    Recent.begin(held);
    TaskCompletionListener listener =
        ended -> {
          end();
          Recent.end(held);
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
    if (ahead.isEmpty() && !Recent.holds(chunks.id(), partition)) {
      FutureTask<Examples> chunk = new FutureTask<>(() -> endingRead(partition));
      begin();
      start(chunk);
      ahead = Optional.of(new Ahead(partition, chunk));
    }
  }

  private void start(FutureTask<Examples> read) {
    try {
      threads.execute(read);
    } catch (RuntimeException | Error e) { // such as too many threads
      reads.arriveAndDeregister();
      throw e;
    }
  }

  private Examples load(int partition) {
    begin();
    return endingRead(partition);
  }

  private Examples endingRead(int partition) {
    try {
      return recentOrCached(partition);
    } finally {
      reads.arriveAndDeregister();
    }
  }

  private Examples recentOrCached(int partition) {
    return Recent.find(chunks.id(), partition)
        .orElseGet(
            () -> {
              Examples chunk = inTask(() -> cached(partition));
              Recent.add(chunks.id(), partition, chunk);
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

  private void begin() {
    if (reads.register() < 0) {
      throw new IllegalStateException("the task has ended; its chunks cannot be read any longer");
    }
  }

  // The locks of a task end with it, so none of its threads may read any longer.
  private void end() {
    reads.awaitAdvance(reads.arriveAndDeregister());
  }

  /**
   * The chunks that the tasks of this process read last. A chunk lasts for many rounds, and with a
   * Spark job for each round, a chunk on the disk would be read again in each of them. There are at
   * most as many as the tasks that run at the same time hold anyway; the garbage collector removes
   * them if memory is short. Only for speed: a chunk that is missing is read from Spark's cache.
   */
  private static final class Recent {
    private static final Map<Integer, SoftReference<Examples>> CHUNKS =
        new LinkedHashMap<>(16, 0.75f, true);
    private static Optional<SparkEnv> application = Optional.empty();
    private static int data;
    private static int held;
    private static int most;

    /** Notes that a task begins which holds this number of chunks. */
    static synchronized void begin(int chunks) {
      held += chunks;
      most = Math.max(most, held);
    }

    /** Notes that a task ended which held this number of chunks. */
    static synchronized void end(int chunks) {
      held -= chunks;
    }

    /** Returns a chunk of an RDD; empty if it is not among the chunks that were read last. */
    static synchronized Optional<Examples> find(int rdd, int partition) {
      return isCurrent(rdd)
          ? Optional.ofNullable(CHUNKS.get(partition)).map(SoftReference::get)
          : Optional.empty();
    }

    static boolean holds(int rdd, int partition) {
      return find(rdd, partition).isPresent();
    }

    /**
     * Adds a chunk, and forgets the one that was not read for longest, and chunks of other RDDs.
     */
    static synchronized void add(int rdd, int partition, Examples chunk) {
      if (!isCurrent(rdd)) {
        CHUNKS.clear();
        application = Optional.of(SparkEnv.get());
        data = rdd;
        most = held;
      }
      CHUNKS.put(partition, new SoftReference<>(chunk));
      java.util.Iterator<Integer> oldest = CHUNKS.keySet().iterator();
      while (CHUNKS.size() > most) {
        oldest.next();
        oldest.remove();
      }
    }

    // Another application in this process counts its RDDs from 0 again.
    private static boolean isCurrent(int rdd) {
      return rdd == data && application.filter(known -> known == SparkEnv.get()).isPresent();
    }
  }
}
