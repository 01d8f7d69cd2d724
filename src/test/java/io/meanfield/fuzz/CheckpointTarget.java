package io.meanfield.fuzz;

import io.meanfield.network.LearnerState;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EpochResult;
import io.meanfield.train.RoundRow;
import io.meanfield.train.TestRounds;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.CheckpointCodec;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.checkpoint.RecordedEpoch;
import io.meanfield.train.checkpoint.StateLengths;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The newest of two checkpoints of a run that resumes: its state, or the record of its epoch. The
 * checksums of sealed ones fit to the changed content.
 */
final class CheckpointTarget implements Target {
  private static final String STATE = "checkpoints/epoch-%06d.state";
  private static final String RECORD = "epochs/%06d.json";
  private static final int NEWEST = 2;
  private static final StateLengths LENGTHS = new StateLengths(4, 8);

  private final Lease lease;
  private final Path file;
  private final boolean sealed;
  private final List<byte[]> seeds;
  private final Path recordFile;
  private final byte[] record;

  private CheckpointTarget(Path folder, String format, boolean sealed) {
    this.lease =
        Lease.take(
            new Runs(new Configuration(), folder.toString())
                .claim(new RunId("run"), Manifest.of(Map.of("run_id", "run"))));
    Checkpoints checkpoints = checkpoints();
    for (int epoch = 1; epoch <= NEWEST; epoch++) {
      checkpoints.roundEnded(List.of(round(epoch)));
      checkpoints.epochEnded(result(epoch), state(epoch));
    }
    checkpoints.awaitWrites();
    Path run = folder.resolve("run");
    this.file = run.resolve(String.format(format, NEWEST));
    this.sealed = sealed;
    this.seeds = List.of(Fixtures.read(file), Fixtures.read(run.resolve(String.format(format, 1))));
    this.recordFile = run.resolve(String.format(RECORD, NEWEST));
    this.record = Fixtures.read(recordFile);
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(lease.run(), 2, EarlyStopping.OFF, LENGTHS);
  }

  static Target ofState(Path folder) {
    return new CheckpointTarget(folder, STATE, false);
  }

  static Target ofSealedState(Path folder) {
    return new CheckpointTarget(folder, STATE, true);
  }

  static Target ofRecord(Path folder) {
    return new CheckpointTarget(folder, RECORD, false);
  }

  static Target ofSealedRecord(Path folder) {
    return new CheckpointTarget(folder, RECORD, true);
  }

  private static TrainingState state(int epoch) {
    return new TrainingState(
        new LearnerState(
            new float[] {epoch, -0f, Float.MIN_VALUE, 3}, new float[8], 7 * epoch, epoch),
        new float[] {-epoch / 7f, 0, 1, 2});
  }

  private static EpochResult result(int epoch) {
    return new EpochResult(
        epoch,
        new EpochResult.Scores(
            0.1 / epoch, Optional.of(0.9), Optional.of(0.2 / epoch), Optional.of(0.95)),
        100,
        0.125,
        0.001);
  }

  private static RoundRow round(int epoch) {
    return new RoundRow(
        epoch,
        epoch,
        0,
        1,
        "host",
        TestRounds.work(100, 3, Optional.of(0.5), Optional.empty(), false),
        TestRounds.cost(1.25, 0.5, 8, 9));
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public Map<Path, byte[]> files(byte[] content) {
    if (!sealed) {
      return Map.of(file, content);
    }
    return file.equals(recordFile)
        ? Map.of(file, OwnChecksum.ofEpoch(content))
        : Map.of(file, content, recordFile, OwnChecksum.ofEpoch(record, content));
  }

  @Override
  public void read() {
    Checkpoints checkpoints = checkpoints();
    TrainingState resumed = checkpoints.resume().orElseThrow();
    int epoch = checkpoints.epochs();
    // A state is bound to its record by a checksum, so only a sealed one is used.
    boolean isOther = sealed && !file.equals(recordFile) && epoch == NEWEST;
    WrongContent.unless(
        isOther || Arrays.equals(bytes(resumed), bytes(state(epoch))),
        "the state of epoch " + epoch + " is not the one that was written");
    EpochRules.require(resumed, epoch);
    checkpoints.replay(EpochRules.LISTENER, resumed);
    RecordedEpoch.of(lease.run()).forEach(EpochRules::require); // as watch reads them
  }

  private static byte[] bytes(TrainingState state) {
    return CheckpointCodec.toBytes(state);
  }

  // An epoch whose checkpoint or record is damaged is trained again, so both are renamed. The lease
  // beats.
  @Override
  public boolean mayChange(Path changed) {
    return changed.toString().endsWith(".unused")
        || changed.endsWith("epochs/000002.json")
        || changed.endsWith("checkpoints/epoch-000002.state")
        || changed.getParent().endsWith("lease");
  }

  @Override
  public void close() {
    lease.close();
  }
}
