package io.meanfield.pipeline.housekeeping;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.RunHolders;
import io.meanfield.store.Runs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The runs of a directory, by name, and what else is in it. Driver only. */
public record RunInventory(List<RunSummary> runs, List<UnreadableRun> unreadable) {
  // A store answers many requests at once, and a run needs several.
  private static final int READERS = 8;

  /** Reads all runs. One that cannot be read does not keep the others from being read. */
  public static RunInventory read(Runs runs, RegisteredRuns registered) {
    return of(runs.directories(), registered);
  }

  /** Reads the run of a directory; it is unreadable if there is none. */
  public static RunInventory read(RunDirectory directory, RegisteredRuns registered) {
    return of(List.of(directory), registered);
  }

  private static RunInventory of(List<RunDirectory> directories, RegisteredRuns registered) {
    List<RunEntry> entries = entries(directories);
    List<RunFiles> read = only(entries, RunFiles.class);
    Map<RunDirectory, RunHolder> holders =
        RunHolders.of(
            read.stream().filter(run -> !run.hasEnded()).map(RunFiles::directory).toList());
    return new RunInventory(
        read.stream()
            .map(
                run ->
                    run.summary(
                        Optional.ofNullable(holders.get(run.directory())),
                        registered.versions(run.directory().id().value())))
            .toList(),
        only(entries, UnreadableRun.class));
  }

  private static List<RunEntry> entries(List<RunDirectory> directories) {
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<CompletableFuture<RunEntry>> entries =
          directories.stream()
              .map(run -> CompletableFuture.supplyAsync(() -> RunFiles.read(run), readers))
              .toList();
      return entries.stream().map(CompletableFuture::join).toList();
    } finally {
      readers.shutdownNow();
    }
  }

  private static <T extends RunEntry> List<T> only(List<RunEntry> entries, Class<T> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
