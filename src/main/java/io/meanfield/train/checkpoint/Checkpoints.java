package io.meanfield.train.checkpoint;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Json;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Keeps what a killed run needs to go on: after every epoch the state ({@code checkpoints/}), then,
 * as the last step, the record of the epoch ({@code epochs/}). Going on means to take the newest
 * record whose checkpoint is whole; later records are given up and their epochs trained again, to
 * the same bits. Driver only.
 */
public final class Checkpoints implements TrainingListener {
  private final RunDirectory run;
  private final int keep;
  private final EarlyStopping earlyStopping;
  private final List<EpochRecord> records = new ArrayList<>();
  private final List<RoundRow> rounds = new ArrayList<>();

  /**
   * The checkpoints of a run that this process holds.
   *
   * @param keep newest checkpoints to keep, besides the best
   * @param earlyStopping by whose measure the best is found, and which decides whether it is needed
   */
  public Checkpoints(RunDirectory run, int keep, EarlyStopping earlyStopping) {
    this.run = run;
    this.keep = keep;
    this.earlyStopping = earlyStopping;
  }

  /**
   * Returns the state after the newest epoch that is safe; empty if there is none. Where the best
   * epoch's weights will be needed, theirs must be safe too. Call it before training.
   */
  public Optional<TrainingState> resume() {
    records.clear();
    Optional<EpochRecord> next = record(1);
    while (next.isPresent()) {
      records.add(next.get());
      next = record(records.size() + 1);
    }
    while (!records.isEmpty()) {
      Optional<TrainingState> state = state(records.get(records.size() - 1));
      if (state.isPresent() && bestIsReadable()) {
        return state;
      }
      int damaged = records.remove(records.size() - 1).result().epoch();
      run.delete(EpochRecord.name(damaged));
    }
    return Optional.empty();
  }

  private Optional<EpochRecord> record(int epoch) {
    return run.read(EpochRecord.name(epoch), EpochRecord.class);
  }

  private boolean bestIsReadable() {
    return !earlyStopping.isOn() || state(bestRecord()).isPresent();
  }

  /**
   * The state after the best epoch.
   *
   * @throws UserException if its checkpoint has been damaged meanwhile
   */
  public TrainingState best() {
    EpochRecord best = bestRecord();
    return state(best)
        .orElseThrow(
            () ->
                new UserException(
                    ErrorCode.STORE_UNREADABLE,
                    run.display()
                        + "/"
                        + name(best.result().epoch())
                        + " is damaged or gone, expected the weights of the best epoch; call the same"
                        + " command again, which trains what is lost anew"));
  }

  private EpochRecord bestRecord() {
    EpochResult best = earlyStopping.best(records.stream().map(EpochRecord::result).toList());
    return records.get(best.epoch() - 1);
  }

  private Optional<TrainingState> state(EpochRecord record) {
    Optional<byte[]> file = run.readBytes(name(record.result().epoch()));
    if (file.filter(bytes -> DigestUtils.sha256Hex(bytes).equals(record.stateSha256())).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CheckpointCodec.parse(file.get()));
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          run.display()
              + "/"
              + name(record.result().epoch())
              + " is "
              + e.getMessage()
              + "; go on with the Meanfield that wrote it",
          e);
    }
  }

  /** Replays the epochs that were trained before to a listener that was not there. */
  public void replay(TrainingListener listener, TrainingState state) {
    for (EpochRecord record : records) {
      listener.roundEnded(record.rounds());
      listener.epochEnded(record.result(), state);
    }
  }

  /** Returns how many epochs of a run have a record; 0 for a run that is no training. */
  public static int completedEpochs(RunDirectory run) {
    return run.list("epochs").size();
  }

  /** Epochs that are safe. */
  public int epochs() {
    return records.size();
  }

  @Override
  public void roundEnded(List<RoundRow> workers) {
    rounds.addAll(workers);
  }

  @Override
  public void epochEnded(EpochResult epoch, TrainingState state) {
    byte[] file = CheckpointCodec.toBytes(state);
    EpochRecord record = new EpochRecord(epoch, DigestUtils.sha256Hex(file), List.copyOf(rounds));
    rounds.clear();
    run.replace(name(epoch.epoch()), out -> out.write(file));
    put(record);
    records.add(record);
    pruneOld();
  }

  // A holder that was paused before it wrote finds the record of the next holder, or the next one
  // finds its record: both have the same state, or something is wrong.
  private void put(EpochRecord record) {
    String name = EpochRecord.name(record.result().epoch());
    if (!run.putIfAbsent(name, Json.content(record))) {
      run.requireHeld();
      EpochRecord other = run.read(name, EpochRecord.class).orElseThrow();
      if (!other.stateSha256().equals(record.stateSha256())) {
        throw new UserException(
            ErrorCode.UNEXPECTED,
            run.display()
                + "/"
                + name
                + " records another state after epoch "
                + record.result().epoch()
                + " than this process found; the run is not a function of its settings and data on this cluster");
      }
    }
  }

  private void pruneOld() {
    int best = bestRecord().result().epoch();
    for (String name : run.list("checkpoints")) {
      int epoch = Integer.parseInt(name.substring("epoch-".length(), name.indexOf('.')));
      if (epoch <= records.size() - keep && epoch != best) {
        run.delete("checkpoints/" + name);
      }
    }
  }

  private static String name(int epoch) {
    return String.format("checkpoints/epoch-%06d.state", epoch);
  }
}
