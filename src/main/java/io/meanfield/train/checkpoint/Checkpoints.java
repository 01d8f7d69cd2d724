package io.meanfield.train.checkpoint;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Writes the files from which a killed run resumes: after an epoch its state ({@code checkpoints/})
 * if it has one, and then, as the last step, the record of the epoch ({@code epochs/}). A run
 * resumes from the newest record whose checkpoint is intact and before which no record is missing.
 * A damaged record before it is only history, unless early stopping compares the epochs: then the
 * run resumes before it. The files of later epochs are set aside, and these epochs are trained
 * again with the same bits.
 *
 * <p>The files of an epoch are written while later epochs train, in the order of the epochs. Epochs
 * that end during a write are written together, without the checkpoints that {@code keep} would
 * delete at once. Driver only.
 */
public final class Checkpoints implements TrainingListener, AutoCloseable {
  /** How long an interruption waits for the files that are being written. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  // The bytes of checkpoints stay in the heap until they are written. Training waits for larger
  // ones,
  // because DriverMemory counts on the room.
  private static final long LARGEST_IN_BACKGROUND = Runtime.getRuntime().maxMemory() / 16;

  private final RunDirectory run;
  private final EpochFiles files;
  private final int keep;
  private final EarlyStopping earlyStopping;
  private final List<RecordedEpoch> records = new ArrayList<>();
  private final List<RoundRow> rounds = new ArrayList<>();
  private final BackgroundWrites writes = new BackgroundWrites();
  private final BlockingQueue<EndedEpoch> ended = new LinkedBlockingQueue<>();
  private final AtomicLong unwrittenBytes = new AtomicLong();
  private Duration waited = Duration.ZERO;

  /** An epoch whose files are not written yet. */
  private record EndedEpoch(
      EpochResult result, List<RoundRow> rounds, Optional<byte[]> checkpoint) {
    RecordedEpoch record() {
      return RecordedEpoch.of(result, checkpoint.map(DigestUtils::sha256Hex), rounds);
    }

    int bytes() {
      return checkpoint.map(file -> file.length).orElse(0);
    }
  }

  /**
   * Creates the checkpoints of a run whose lease this process holds.
   *
   * @param keep number of newest checkpoints to keep, besides the best one
   * @param earlyStopping selects the best epoch and decides whether its checkpoint is needed
   */
  public Checkpoints(RunDirectory run, int keep, EarlyStopping earlyStopping) {
    this.run = run;
    this.files = new EpochFiles(run);
    this.keep = keep;
    this.earlyStopping = earlyStopping;
  }

  /**
   * Returns the state after the newest epoch whose checkpoint is intact; empty if there is none. If
   * early stopping is on, the checkpoint of the best epoch must be intact too. Must be called
   * before training.
   */
  public Optional<TrainingState> resume() {
    records.clear();
    records.addAll(files.wholeRecords());
    List<RecordedEpoch> missing = needed().filter(files::isMissing).toList();
    Optional<TrainingState> state = newestState();
    missing.forEach(record -> files.warnMissing(record, epochs()));
    files.deleteRecordsAfter(epochs());
    return state;
  }

  /** Returns the epochs whose checkpoints are needed to continue after the newest one. */
  private Stream<RecordedEpoch> needed() {
    return earlyStopping.isOn() && !records.isEmpty()
        ? Stream.of(records.get(records.size() - 1), bestRecord()).distinct()
        : newest().stream();
  }

  private Optional<RecordedEpoch> newest() {
    return records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1));
  }

  /** Returns the state of the newest record that has one, and forgets the later records. */
  private Optional<TrainingState> newestState() {
    while (!records.isEmpty()) {
      Optional<TrainingState> state = files.state(records.get(records.size() - 1));
      if (state.isPresent() && bestIsReadable()) {
        return state;
      }
      records.remove(records.size() - 1);
    }
    return Optional.empty();
  }

  private boolean bestIsReadable() {
    return !earlyStopping.isOn() || files.state(bestRecord()).isPresent();
  }

  /**
   * Returns the state after the best epoch.
   *
   * @throws UserException if its checkpoint is damaged or missing, or could not be written
   */
  public TrainingState best() {
    awaitWrites();
    RecordedEpoch best = bestRecord();
    return files
        .state(best)
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.STORE_UNREADABLE,
                    "%s/%s is damaged or missing, expected the weights of the best epoch; run the"
                        + " same command again to retrain the lost epochs",
                    run.display(),
                    EpochFolder.CHECKPOINTS.file(best.result().epoch())));
  }

  private RecordedEpoch bestRecord() {
    EpochResult best = earlyStopping.best(records.stream().map(RecordedEpoch::result).toList());
    return records.stream()
        .filter(record -> record.result().epoch() == best.epoch())
        .findFirst()
        .orElseThrow();
  }

  /** Reports the epochs that were trained before the resume to a listener. */
  public void replay(TrainingListener listener) {
    for (RecordedEpoch record : records) {
      listener.roundEnded(record.rounds());
      listener.epochEnded(record.result(), Optional.empty());
    }
  }

  /** Returns the number of epochs of a run that have a record; 0 if the run trains no model. */
  public static int completedEpochs(RunDirectory run) {
    return new EpochFiles(run).countRecords();
  }

  /** Returns the newest epoch that has a record; 0 if there is none. */
  public int epochs() {
    return newest().map(record -> record.result().epoch()).orElse(0);
  }

  @Override
  public void roundEnded(List<RoundRow> workers) {
    rounds.addAll(workers);
    writes.throwFailure();
  }

  // Copies what is written, so that training may change its arrays meanwhile.
  @Override
  public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
    long began = System.nanoTime();
    EndedEpoch files =
        new EndedEpoch(epoch, List.copyOf(rounds), state.map(CheckpointCodec::toBytes));
    unwrittenBytes.addAndGet(files.bytes());
    ended.add(files);
    rounds.clear();
    writes.start(this::writeEnded);
    if (unwrittenBytes.get() > LARGEST_IN_BACKGROUND) {
      writes.await();
    }
    countSince(began);
  }

  private void countSince(long beganNanos) {
    waited = waited.plusNanos(System.nanoTime() - beganNanos);
  }

  /**
   * Waits until the files of every epoch are complete.
   *
   * @throws UserException if one of them could not be written
   */
  public void awaitWrites() {
    long began = System.nanoTime();
    writes.await();
    countSince(began);
  }

  /** Returns for how long training has waited for files. */
  public Duration waited() {
    return waited;
  }

  /**
   * Lets the files of an epoch that are being written become complete, and writes no other: for the
   * thread that interrupts training. Returns after a time limit in any case.
   */
  public void finish() {
    writes.finish(PATIENCE);
  }

  /** Waits as {@link #awaitWrites} does, and ends the thread that writes. */
  @Override
  public void close() {
    writes.close();
  }

  private void writeEnded() {
    List<EndedEpoch> epochs = new ArrayList<>();
    ended.drainTo(epochs);
    List<RecordedEpoch> more = epochs.stream().map(EndedEpoch::record).toList();
    if (more.isEmpty()) {
      return;
    }
    records.addAll(more);
    Set<Integer> kept = kept();
    for (EndedEpoch epoch : epochs) {
      int number = epoch.result().epoch();
      if (epoch.checkpoint().isPresent() && kept.contains(number)) {
        byte[] file = epoch.checkpoint().get();
        run.replace(EpochFolder.CHECKPOINTS.file(number), out -> out.write(file));
      }
    }
    more.forEach(this::put);
    files.deleteCheckpointsUpTo(epochs(), kept);
    epochs.forEach(epoch -> unwrittenBytes.addAndGet(-epoch.bytes()));
  }

  /** Returns the epochs whose checkpoints are kept: the newest ones, and the best epoch. */
  private Set<Integer> kept() {
    Set<Integer> kept = new HashSet<>(Set.of(bestRecord().result().epoch()));
    for (int i = records.size() - 1, newest = 0; i >= 0 && newest < keep; i--) {
      if (records.get(i).stateSha256().isPresent()) {
        kept.add(records.get(i).result().epoch());
        newest++;
      }
    }
    return kept;
  }

  // If a lease holder was paused and another process took over the run, both write this record.
  // They must have computed the same state.
  private void put(RecordedEpoch record) {
    String name = EpochFolder.RECORDS.file(record.result().epoch());
    if (!run.putIfAbsent(name, out -> out.write(Json.bytes(record)))) {
      run.requireHeld();
      RecordedEpoch other = run.read(name, RecordedEpoch.class).orElseThrow();
      if (differ(other.stateSha256(), record.stateSha256())) {
        throw UserException.of(
            ErrorCode.UNEXPECTED,
            "%s/%s records a different state after epoch %s than this process computed; training"
                + " with these settings and data is not reproducible on this cluster",
            run.display(),
            name,
            record.result().epoch());
      }
    }
  }

  // Of two processes, one may have returned the state of an epoch and the other not.
  private static boolean differ(Optional<String> state, Optional<String> other) {
    return state.isPresent() && other.isPresent() && !state.equals(other);
  }
}
