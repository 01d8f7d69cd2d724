package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The values of {@code train} that are {@code auto}, for a number of training examples: minibatches
 * that grow with the data, and so many epochs that small tables take some thousand steps, with
 * early stopping. The sizes of minibatches follow TabM (Gorishniy et al. 2025), with smaller ones
 * for small tables. Small tables get an ensemble whose members use the cores, not workers that
 * share the examples: then no average costs accuracy.
 *
 * @param rows the number of examples that a network learns from
 * @param folds of the training examples; 1 for none
 */
record AutomaticSizes(long rows, int folds) {
  static final String MEMBERS = "train.members";
  static final String FOLDS = "train.folds";
  private static final String WORKERS = "train.workers";
  private static final String BATCH = "train.batch-size";
  private static final String EPOCHS = "train.epochs";
  private static final String PATIENCE = "train.early-stopping.patience";
  private static final String SCHEDULE = "network.optimizer.schedule.name";
  private static final String DECAY = "network.optimizer.schedule.decay-steps";
  private static final String AUTO = "auto";

  private static final int STEPS = 6000;
  private static final int MOST_EPOCHS = 200;

  // By the least number of examples for which each value holds.
  private static final NavigableMap<Long, Integer> FEWEST_EPOCHS =
      new TreeMap<>(Map.of(0L, 20, 500_000L, 5));
  private static final NavigableMap<Long, Integer> MEMBER_COUNTS =
      new TreeMap<>(Map.of(0L, 4, 16_000L, 2, 64_000L, 1));
  private static final NavigableMap<Long, Integer> MINIBATCHES = // of all workers
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(0L, 16),
              Map.entry(1_000L, 32),
              Map.entry(4_000L, 64),
              Map.entry(16_000L, 128),
              Map.entry(64_000L, 256),
              Map.entry(250_000L, 512),
              Map.entry(1_000_000L, 1024)));

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
    values.put(FOLDS, folds);
    int members = value(settings, MEMBERS, folds > 1 ? folds : of(MEMBER_COUNTS));
    values.put(MEMBERS, members);
    int workers = value(settings, WORKERS, members > 1 ? 1 : 2);
    values.put(WORKERS, workers);
    int batch = value(settings, BATCH, Math.max(4, of(MINIBATCHES) / workers));
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

  /** Returns the value for this number of examples. */
  private int of(NavigableMap<Long, Integer> values) {
    return values.floorEntry(rows).getValue();
  }

  private int epochs(long batch) {
    long steps = Math.max(1, rows / batch);
    return (int) Math.max(of(FEWEST_EPOCHS), Math.min(MOST_EPOCHS, STEPS / steps));
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
