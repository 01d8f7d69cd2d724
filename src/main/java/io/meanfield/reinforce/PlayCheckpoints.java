package io.meanfield.reinforce;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.store.RunDirectory;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String DIRECTORY = "replay";
  // What an array can have.
  private static final int LONGEST_FILE = Integer.MAX_VALUE - 8;
  private static final Pattern FILE = Pattern.compile("epoch-(\\d{6,9})\\.state");

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
   * @throws UserException if a file is of another version, or cannot be read now
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
    PlayCodec.ReplaySize size =
        new PlayCodec.ReplaySize(
            settings.learning().bufferSize(), settings.environment().observationSize());
    try {
      byte[] bytes =
          run.readBytes(name, LONGEST_FILE).orElseThrow(() -> new IOException("it is missing"));
      PlayState state = PlayCodec.parse(bytes, learner, size);
      requireWorkers(state);
      return Optional.of(state);
    } catch (UserException unreadable) {
      if (unreadable.getCause() instanceof ChecksumException) {
        warn(name, "its bytes do not have the checksum of the .crc file");
        return Optional.empty();
      }
      throw unreadable;
    } catch (PlayCodec.OtherVersion other) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          run.display()
              + "/"
              + name
              + " is "
              + other.getMessage()
              + "; resume with the version of Meanfield that wrote it",
          other);
    } catch (IOException damage) {
      warn(name, damage.getMessage());
      return Optional.empty();
    }
  }

  private void requireWorkers(PlayState state) throws IOException {
    int workers = state.workers().size();
    if (workers != settings.workers()) {
      throw new IOException("it has " + workers + " workers, expected " + settings.workers());
    }
    int size = settings.environment().stateSize();
    for (PlayWorkerState worker : state.workers()) {
      int found = worker.episode().state().length;
      if (found != size) {
        throw new IOException(
            "a state of its environment has " + found + " numbers, expected " + size);
      }
      if (!worker.memory().hasActionsBelow(settings.environment().actions())) {
        throw new IOException("a transition has an action that the environment lacks");
      }
    }
  }

  private void warn(String name, String damage) {
    LOG.warn(
        "{}/{} cannot be used: {}; the run continues from the newest epoch that is complete",
        run.display(),
        name,
        damage);
  }

  /** Writes the state at the end of an epoch, and deletes files of old epochs. */
  public void write(PlayState state) {
    int epoch = state.learner().epoch();
    run.replace(file(epoch), out -> PlayCodec.write(state, out));
    // From here on the epoch before has its record, and is the newest that can be continued until
    // this one has.
    checkpoints.awaitWrites();
    deleteUpTo(epoch - 1 - keep);
  }

  private void deleteUpTo(int last) {
    for (String name : run.list(DIRECTORY)) {
      Matcher matcher = FILE.matcher(name);
      if (matcher.matches() && Integer.parseInt(matcher.group(1)) <= last) {
        run.delete(DIRECTORY + "/" + name);
      }
    }
  }

  private static String file(int epoch) {
    return String.format("%s/epoch-%06d.state", DIRECTORY, epoch);
  }
}
