package io.meanfield.dl4jspark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.stats.BaseEventStats;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.util.SparkUtils;

/**
 * Start times and durations of what the driver waits for, in milliseconds: reading and distributing
 * an RDD, and each round of training and averaging. Driver only.
 */
final class RoundStatistics implements SparkTrainingStats {
  private static final long serialVersionUID = 1L;
  private static final String DELIMITER = ",";

  /** Reading an RDD and distributing its examples to the workers. */
  static final String SHARDING = "ShardingTimesMs";

  /** A round: training of all workers, and the average. */
  static final String ROUND = "RoundTimesMs";

  private boolean isCollecting;
  private final LinkedHashMap<String, ArrayList<EventStats>> events = new LinkedHashMap<>();

  RoundStatistics(boolean isCollecting) {
    this.isCollecting = isCollecting;
    events.put(SHARDING, new ArrayList<>());
    events.put(ROUND, new ArrayList<>());
  }

  boolean isCollecting() {
    return isCollecting;
  }

  void setCollecting(boolean collecting) {
    isCollecting = collecting;
  }

  /**
   * Returns the result of {@code work}; if events are collected, its duration becomes an event of
   * {@code key}.
   */
  <T> T timed(String key, Supplier<T> work) {
    if (!isCollecting) {
      return work.get();
    }
    long start = System.currentTimeMillis();
    long nanos = System.nanoTime();
    T result = work.get();
    long millis = (System.nanoTime() - nanos) / 1_000_000;
    events.get(key).add(new BaseEventStats(start, millis));
    return result;
  }

  @Override
  public Set<String> getKeySet() {
    return events.keySet();
  }

  @Override
  public List<EventStats> getValue(String key) {
    return events.getOrDefault(key, new ArrayList<>());
  }

  @Override
  public String getShortNameForKey(String key) {
    return key.replace("TimesMs", "");
  }

  @Override
  public boolean defaultIncludeInPlots(String key) {
    return true;
  }

  @Override
  public void addOtherTrainingStats(SparkTrainingStats other) {
    events.forEach((key, own) -> own.addAll(other.getValue(key)));
  }

  /** Returns null, which means no statistics of workers in DL4J's interface. */
  @Override
  public SparkTrainingStats getNestedTrainingStats() {
    return null;
  }

  @Override
  public String statsAsString() {
    return events.entrySet().stream()
        .map(
            entry ->
                String.format(
                    DEFAULT_PRINT_FORMAT + "%s%n", entry.getKey(), durations(entry.getValue())))
        .collect(Collectors.joining());
  }

  /** Writes a file {@code KEY.txt} into the directory for each key. */
  @Override
  public void exportStatFiles(String directory, SparkContext spark) throws IOException {
    for (Map.Entry<String, ArrayList<EventStats>> entry : events.entrySet()) {
      SparkUtils.writeStringToFile(
          new Path(directory, entry.getKey() + ".txt").toString(), lines(entry.getValue()), spark);
    }
  }

  private static String durations(List<EventStats> stats) {
    return stats.stream()
        .map(event -> Long.toString(event.getDurationMs()))
        .collect(Collectors.joining(DELIMITER));
  }

  /** Returns a header and a line for each event, in DL4J's format. */
  private static String lines(List<EventStats> stats) {
    return Stream.concat(
            stats.stream().limit(1).map(event -> event.getStringHeader(DELIMITER)),
            stats.stream().map(event -> event.asString(DELIMITER)))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
