package io.meanfield.reinforce;

import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run that plays: those of {@link Checkpoints}, and for each epoch a file with
 * target network, replay memories and episodes, which is written before them. A damaged file costs
 * its epoch, as a damaged checkpoint does. Driver only.
 */
public final class PlayCheckpoints {
  private static final Logger LOG = LoggerFactory.getLogger(PlayCheckpoints.class);
  // What an array can have.
  private static final int LONGEST_FILE = Integer.MAX_VALUE - 8;

  private final RunDirectory run;
  private final ReinforceSettings settings;
  private final int keep;
  private final Checkpoints checkpoints;

  /**
   * Creates the checkpoints of a run whose lease this process holds.
   *
   * @param keep number of newest epochs that can be continued
   * @param checkpoints of the same run
   */
  public PlayCheckpoints(
      RunDirectory run, ReinforceSettings settings, int keep, Checkpoints checkpoints) {
    this.run = run;
    this.settings = settings;
    this.keep = keep;
    this.checkpoints = checkpoints;
  }

  /**
   * Returns the state after the newest epoch whose files are intact; empty if there is none.
   *
   * @throws UserException if a file cannot be read now
   */
  public Optional<PlayState> resume() {
    Optional<TrainingState> newest = checkpoints.resume();
    while (newest.isPresent()) {
      Optional<PlayState> state = read(newest.get().learner());
      if (state.isPresent()) {
        return state;
      }
      // The epoch is played again, and with it everything after the one before.
      run.delete(String.format("epochs/%06d.json", newest.get().learner().epoch()));
      newest = checkpoints.resume();
    }
    return Optional.empty();
  }

  private Optional<PlayState> read(LearnerState learner) {
    String name = file(learner.epoch());
    try {
      byte[] bytes =
          run.readBytes(name, LONGEST_FILE).orElseThrow(() -> new IOException("it is missing"));
      return Optional.of(PlayFile.parse(bytes, learner, settings));
    } catch (UserException unreadable) {
      if (unreadable.getCause() instanceof ChecksumException) {
        warn(name, "its bytes do not have the checksum of the .crc file");
        return Optional.empty();
      }
      throw unreadable;
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  private void warn(String name, String damage) {
    LOG.warn(
        "{}/{} cannot be used: {}; the run continues from the newest epoch that is complete",
        run.display(),
        name,
        damage);
  }

  /** Writes the state at the end of an epoch, and deletes the file of an old epoch. */
  public void write(PlayState state) {
    int epoch = state.learner().epoch();
    run.replace(file(epoch), out -> PlayFile.write(state, out));
    // From here on the epoch before has its record, and is the newest that can be continued until
    // this one has.
    checkpoints.awaitWrites();
    run.delete(file(epoch - 1 - keep));
  }

  private static String file(int epoch) {
    return String.format("replay/epoch-%06d.state", epoch);
  }
}
