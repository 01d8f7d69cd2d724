package io.meanfield.train;

import io.meanfield.network.LearnerState;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what a killed run needs to go on: after every epoch the state ({@code checkpoints/}), then,
 * as the last step, the record of the epoch ({@code epochs/}). Going on means to take the newest
 * record whose checkpoint is whole; later records are given up and their epochs trained again, to
 * the same bits. Driver only.
 */
public final class Checkpoints implements TrainingListener {
  private final RunDirectory run;
  private final int keep;
  private final List<EpochRecord> records = new ArrayList<>();
  private final List<WorkerRound> rounds = new ArrayList<>();

  /**
   * The checkpoints of a run that this process holds.
   *
   * @param keep newest checkpoints to keep, besides the best
   */
  public Checkpoints(RunDirectory run, int keep) {
    this.run = run;
    this.keep = keep;
  }

  /**
   * The state after the newest epoch that is safe, or nothing if there is none. Call it before
   * training.
   */
  public Optional<LearnerState> resume() {
    records.clear();
    for (int epoch = 1; run.read(EpochRecord.name(epoch)).isPresent(); epoch++) {
      records.add(EpochRecord.parse(run.read(EpochRecord.name(epoch)).orElseThrow()));
    }
    while (!records.isEmpty()) {
      Optional<LearnerState> state = state(records.get(records.size() - 1));
      if (state.isPresent()) {
        return state;
      }
      int damaged = records.remove(records.size() - 1).result().epoch();
      run.delete(EpochRecord.name(damaged));
    }
    return Optional.empty();
  }

  private Optional<LearnerState> state(EpochRecord record) {
    Optional<byte[]> file = run.readBytes(name(record.result().epoch()));
    if (file.filter(bytes -> StateFile.sha256(bytes).equals(record.stateSha256())).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(StateFile.parse(file.get()));
    } catch (IOException e) {
      throw new Complaint(
          ErrorCode.STORE_UNREADABLE,
          run.shown()
              + "/"
              + name(record.result().epoch())
              + " is "
              + e.getMessage()
              + "; use a newer Meanfield",
          e);
    }
  }

  /** Replays the epochs that were trained before to a listener that was not there. */
  public void replay(TrainingListener listener, LearnerState state) {
    for (EpochRecord record : records) {
      listener.roundEnded(record.rounds());
      listener.epochEnded(record.result(), state);
    }
  }

  /** Epochs of a run that a killed process would leave behind; 0 for a run that trains nothing. */
  public static int safeEpochs(RunDirectory run) {
    return run.list("epochs").size();
  }

  /** Epochs that are safe. */
  public int epochs() {
    return records.size();
  }

  @Override
  public void roundEnded(List<WorkerRound> workers) {
    rounds.addAll(workers);
  }

  @Override
  public void epochEnded(EpochResult epoch, LearnerState state) {
    byte[] file = StateFile.toBytes(state);
    EpochRecord record = new EpochRecord(epoch, List.copyOf(rounds), StateFile.sha256(file));
    rounds.clear();
    run.replace(name(epoch.epoch()), out -> out.write(file));
    put(record);
    records.add(record);
    forgetOld();
  }

  // A holder that was paused between the question and the write finds the record of the next one,
  // or the next one finds
  // its: the same state, or something is wrong.
  private void put(EpochRecord record) {
    String name = EpochRecord.name(record.result().epoch());
    byte[] json = record.toJson().getBytes(StandardCharsets.UTF_8);
    if (!run.putIfAbsent(name, out -> out.write(json))) {
      run.requireHeld();
      EpochRecord other = EpochRecord.parse(run.read(name).orElseThrow());
      if (!other.stateSha256().equals(record.stateSha256())) {
        throw new Complaint(
            ErrorCode.UNEXPECTED,
            run.shown()
                + "/"
                + name
                + " records another state after epoch "
                + record.result().epoch()
                + " than this process found; the run is not a function of its settings and data on this cluster");
      }
    }
  }

  private void forgetOld() {
    int best =
        Collections.min(records, Comparator.comparingDouble(record -> record.result().monitored()))
            .result()
            .epoch();
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
