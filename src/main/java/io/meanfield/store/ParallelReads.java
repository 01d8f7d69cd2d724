package io.meanfield.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Reads many small files, several at a time, because a store answers many requests at once. */
public final class ParallelReads {
  private static final int READERS = 8;

  private ParallelReads() {}

  /**
   * Returns what is read for each item, in the order of the items.
   *
   * @throws RuntimeException of the first item that cannot be read
   */
  public static <T, R> List<R> of(List<T> items, Function<T, R> reading) {
    if (items.size() < 2) {
      return items.stream().map(reading).toList();
    }
    ExecutorService readers = Executors.newFixedThreadPool(Math.min(READERS, items.size()));
    try {
      List<CompletableFuture<R>> reads =
          items.stream()
              .map(item -> CompletableFuture.supplyAsync(() -> reading.apply(item), readers))
              .toList();
      return reads.stream().map(ParallelReads::result).toList();
    } finally {
      readers.shutdownNow();
    }
  }

  private static <R> R result(CompletableFuture<R> read) {
    try {
      return read.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException unreadable) {
        throw unreadable;
      }
      throw e;
    }
  }
}
