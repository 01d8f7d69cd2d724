package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.GpuTasks;
import io.meanfield.network.DeviceChoice;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Examines all executors of an application through Spark jobs. Driver only. */
final class ExecutorProbe {
  private static final int ATTEMPTS = 5;

  @DefaultSerializer(JavaSerializer.class)
  private record ClockReading(ProcessId id, long millis) implements Serializable {}

  /** What a task observes of its executor. */
  @FunctionalInterface
  interface Observer<T extends Serializable> extends Serializable {
    T observe(Configuration hadoop);
  }

  @DefaultSerializer(JavaSerializer.class)
  private record Answer<T extends Serializable>(ProcessId id, T observed) implements Serializable {}

  private final JavaSparkContext spark;
  private final DeviceChoice device;

  /**
   * Prepares the examination.
   *
   * @param device the setting network.device, by which tasks have GPUs
   */
  ExecutorProbe(JavaSparkContext spark, DeviceChoice device) {
    this.spark = spark;
    this.device = device;
  }

  /**
   * Returns what each executor observes, ordered by the executors' ids. Offers tasks again while a
   * known executor has not answered, a few times.
   */
  <T extends Serializable> Map<ProcessId, T> observeAll(Observer<T> observer) {
    Map<ProcessId, T> found = observe(observer);
    for (int i = 1; i < ATTEMPTS && !silent(found.keySet()).isEmpty(); i++) {
      observe(observer).forEach(found::putIfAbsent);
    }
    return inOrder(found);
  }

  /** Returns what the executors that take one of the offered tasks observe. */
  <T extends Serializable> Map<ProcessId, T> observe(Observer<T> observer) {
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    Map<ProcessId, T> found = new HashMap<>();
    tasks()
        .map(task -> new Answer<>(ProcessId.here(), observer.observe(hadoop.value().value())))
        .collect()
        .forEach(each -> found.putIfAbsent(each.id(), each.observed()));
    hadoop.destroy();
    return found;
  }

  private static <T> Map<ProcessId, T> inOrder(Map<ProcessId, T> found) {
    Map<ProcessId, T> ordered = new LinkedHashMap<>();
    found.keySet().stream()
        .sorted(
            Comparator.comparing((ProcessId id) -> id.executor().length())
                .thenComparing(ProcessId::executor))
        .forEach(id -> ordered.put(id, found.get(id)));
    return ordered;
  }

  /**
   * Returns the bounds of the clock of each executor that answered.
   *
   * @param readings number of Spark jobs; the shortest round trip gives the narrowest bounds
   */
  Map<ProcessId, ClockBounds> clocks(int readings) {
    Map<ProcessId, ClockBounds> bounds = new HashMap<>();
    for (int i = 0; i < readings; i++) {
      long sent = System.currentTimeMillis();
      List<ClockReading> answers =
          tasks()
              .map(task -> new ClockReading(ProcessId.here(), System.currentTimeMillis()))
              .collect();
      long received = System.currentTimeMillis();
      answers.forEach(
          reading ->
              bounds.merge(
                  reading.id(),
                  ClockBounds.of(sent, reading.millis(), received),
                  ClockBounds::and));
    }
    return bounds;
  }

  // Spark offers tasks to all free executors in turn, so each gets one if there are tasks for all
  // cores.
  private JavaRDD<Integer> tasks() {
    int count = 2 * Math.max(spark.defaultParallelism(), known().size());
    return GpuTasks.withGpus(
        spark.parallelize(IntStream.range(0, count).boxed().toList(), count), device);
  }

  /** Returns the addresses of the executors that Spark knows and that did not answer. */
  List<String> silent(Collection<ProcessId> answered) {
    return known().stream()
        .filter(info -> answered.stream().noneMatch(id -> id.isAt(info.host(), info.port())))
        .map(info -> info.host() + ":" + info.port())
        .sorted()
        .toList();
  }

  private List<SparkExecutorInfo> known() {
    SparkExecutorInfo[] all = spark.sc().statusTracker().getExecutorInfos();
    ProcessId driver = ProcessId.here();
    return Arrays.stream(all)
        .filter(info -> spark.isLocal() || !driver.isAt(info.host(), info.port()))
        .toList();
  }

  /** Returns the number of executors that the settings of Spark request; 0 if they name none. */
  int requested() {
    return spark.isLocal() ? 0 : spark.getConf().getInt("spark.executor.instances", 0);
  }

  ExecutorCensus census(Set<ProcessId> answered) {
    return new ExecutorCensus(silent(answered), answered.size(), requested());
  }
}
