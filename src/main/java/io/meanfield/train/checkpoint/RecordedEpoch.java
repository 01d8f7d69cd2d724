package io.meanfield.train.checkpoint;

import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A completed epoch of a run as its record describes it, for readers that do not train. Driver
 * only.
 *
 * @param rounds a row for each worker in each round
 */
public record RecordedEpoch(EpochResult result, List<RoundRow> rounds) {

  /**
   * Returns the completed epochs of a run, in order; leaves out those whose record is damaged, or
   * that of another run.
   */
  public static List<RecordedEpoch> of(RunDirectory run) {
    return after(run, 0);
  }

  /** Returns the same epochs as {@link #of}, each read when it is asked for. */
  public static Stream<RecordedEpoch> stream(RunDirectory run) {
    return streamAfter(run, 0);
  }

  /** Returns the completed epochs after an epoch, as {@link #of} does. */
  public static List<RecordedEpoch> after(RunDirectory run, int epoch) {
    return streamAfter(run, epoch).toList();
  }

  private static Stream<RecordedEpoch> streamAfter(RunDirectory run, int epoch) {
    List<Integer> epochs =
        run.usage().entries(EpochFolder.RECORDS.directory()).entrySet().stream()
            .filter(entry -> !entry.getValue().isDirectory())
            .flatMap(entry -> EpochFolder.RECORDS.epoch(entry.getKey()).stream().boxed())
            .filter(found -> found > epoch)
            .sorted()
            .toList();
    if (epochs.isEmpty()) {
      return Stream.empty(); // without the manifest, which a watch would read at each look
    }
    Optional<String> runId = new EpochFiles(run).runId();
    return epochs.stream().flatMap(found -> read(run, runId, found).stream());
  }

  /**
   * Reads an epoch; empty if its record is damaged or that of another run, or was set aside at this
   * moment.
   */
  private static Optional<RecordedEpoch> read(RunDirectory run, Optional<String> runId, int epoch) {
    Optional<byte[]> json = run.readBytes(EpochFolder.RECORDS.file(epoch));
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      EpochRecord record = EpochRecord.parse(json.get(), epoch);
      record.requireOf(runId);
      return Optional.of(new RecordedEpoch(record.result(), record.rounds()));
    } catch (IOException unusable) {
      return Optional.empty();
    }
  }
}
