package io.meanfield.pipeline.run;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of {@code train} that are {@code auto}, for a number of training examples: minibatches
 * that grow with the data, and so many epochs that small tables take some thousand steps, with
 * early stopping. The sizes of minibatches follow TabM (Gorishniy et al. 2025), with smaller ones
 * for small tables. Small tables get an ensemble whose members use the cores, not workers that
 * share the examples: then no average costs accuracy.
 *
 * @param rows the number of training examples
 */
public record AutomaticSizes(long rows) {
  static final String MEMBERS = "train.members";
  private static final String WORKERS = "train.workers";
  private static final String BATCH = "train.batch-size";
  private static final String EPOCHS = "train.epochs";
  private static final String PATIENCE = "train.early-stopping.patience";
  private static final String SCHEDULE = "network.optimizer.schedule.name";
  private static final String DECAY = "network.optimizer.schedule.decay-steps";
  private static final String AUTO = "auto";

  private static final int STEPS = 6000;
  private static final int FEWEST_EPOCHS = 5;
  private static final int MOST_EPOCHS = 200;
  private static final int FEWEST_OF_MANY = 20; // epochs of up to MANY examples
  private static final long MANY = 500_000;

  /** Returns the settings with a number for each value that is {@code auto}. */
  Config in(Config settings) {
    return in(settings, values(settings));
  }

  /** Returns the settings with these values. */
  Config in(Config settings, Map<String, Integer> values) {
    Config set = settings;
    for (Map.Entry<String, Integer> value : values.entrySet()) {
      set =
          set.withValue(
              value.getKey(),
              ConfigValueFactory.fromAnyRef(value.getValue(), rows + " training examples"));
    }
    return set;
  }

  /** Returns the values that replace {@code auto}, by key. */
  public Map<String, Integer> values(Config settings) {
    Map<String, Integer> values = new TreeMap<>();
    int members = value(settings, MEMBERS, members());
    values.put(MEMBERS, members);
    int workers = value(settings, WORKERS, members > 1 ? 1 : 2);
    values.put(WORKERS, workers);
    int batch = value(settings, BATCH, Math.max(4, total() / workers));
    values.put(BATCH, batch);
    int epochs = value(settings, EPOCHS, epochs((long) batch * workers));
    values.put(EPOCHS, epochs);
    boolean isConstant = settings.getString(SCHEDULE).equals("constant");
    if (!isConstant) {
      values.put(DECAY, Math.toIntExact(epochs * steps((long) batch * workers)));
    }
    int patience = isConstant ? patience(epochs) : patienceInPeriods(epochs);
    values.put(PATIENCE, isAuto(settings, EPOCHS) ? patience : 0);
    values.keySet().removeIf(key -> !isAuto(settings, key));
    return values;
  }

  private static int value(Config settings, String key, int automatic) {
    return isAuto(settings, key) ? automatic : settings.getInt(key);
  }

  static boolean isAuto(Config settings, String key) {
    return !settings.hasPath(key) || settings.getValue(key).unwrapped().equals(AUTO);
  }

  private int members() {
    if (rows < 16_000) {
      return 4;
    }
    return rows < 64_000 ? 2 : 1;
  }

  /** Returns the examples in a minibatch of all workers. */
  private int total() {
    if (rows < 1_000) {
      return 16;
    } else if (rows < 4_000) {
      return 32;
    } else if (rows < 16_000) {
      return 64;
    } else if (rows < 64_000) {
      return 128;
    } else if (rows < 250_000) {
      return 256;
    }
    return rows < 1_000_000 ? 512 : 1024;
  }

  private int epochs(long batch) {
    long steps = Math.max(1, rows / batch);
    int fewest = rows < MANY ? FEWEST_OF_MANY : FEWEST_EPOCHS;
    return (int) Math.max(fewest, Math.min(MOST_EPOCHS, STEPS / steps));
  }

  /** Returns the minibatches of a worker in an epoch; the last one may be smaller. */
  private long steps(long batch) {
    return -Math.floorDiv(-rows, batch);
  }

  // The last period of coslog4 takes 8/15 of the training, and only its end is good.
  private static int patienceInPeriods(int epochs) {
    return epochs * 8 / 15 + 1;
  }

  private static int patience(int epochs) {
    return Math.max(3, Math.min(20, epochs / 5));
  }
}
