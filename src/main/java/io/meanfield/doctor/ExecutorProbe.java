package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.GpuTasks;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.SerializableConfiguration;

/** Examines the executors of an application through a Spark job. Driver only. */
final class ExecutorProbe {
  // The findings of this process by examination: the tasks of one executor share them, because any
  // of them may be the only one whose result Spark takes.
  private static final Map<String, List<Finding>> MADE = new ConcurrentHashMap<>();

  /** What a task finds on its executor. */
  @FunctionalInterface
  interface Observer extends Serializable {
    /**
     * Returns the findings.
     *
     * @param where the name of the executor for people
     * @param process a name that no other process has
     */
    List<Finding> observe(Configuration hadoop, String where, String process);
  }

  @DefaultSerializer(JavaSerializer.class)
  private record Answer(String executor, List<Finding> findings) implements Serializable {}

  private final JavaSparkContext spark;

  ExecutorProbe(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** Returns what is found on each executor that takes one of the offered tasks, by its name. */
  Map<String, List<Finding>> observe(Observer observer) {
    String examination = UUID.randomUUID().toString();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    // Spark offers tasks to all free executors in turn, so each gets one if there are tasks for
    // all cores.
    int count = 2 * Math.max(spark.defaultParallelism(), known());
    Map<String, List<Finding>> found =
        new TreeMap<>(
            Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
    GpuTasks.withGpus(spark.parallelize(IntStream.range(0, count).boxed().toList(), count))
        .map(task -> answer(examination, observer, hadoop.value().value()))
        .collect()
        .forEach(answer -> found.put(answer.executor(), answer.findings()));
    hadoop.destroy();
    return found;
  }

  private static Answer answer(String examination, Observer observer, Configuration hadoop) {
    BlockManagerId id = SparkEnv.get().blockManager().blockManagerId();
    boolean isLocal = id.executorId().equals("driver");
    String where = isLocal ? "local executor" : "executor " + id.executorId() + " on " + id.host();
    String process = id.executorId() + "-" + id.port();
    return new Answer(
        where, MADE.computeIfAbsent(examination, key -> observer.observe(hadoop, where, process)));
  }

  /** Returns the number of executors that Spark knows. */
  private int known() {
    int processes = spark.sc().statusTracker().getExecutorInfos().length;
    return spark.isLocal() ? processes : processes - 1; // the driver is one of them
  }

  /** Returns whether all executors have answered that the application has or shall have. */
  Finding census(int answered) {
    int expected =
        spark.isLocal()
            ? 1
            : Math.max(known(), spark.getConf().getInt("spark.executor.instances", 0));
    return answered < expected
        ? Finding.warning(
            "executors",
            "driver",
            "%s of %s executors answered".formatted(answered, expected),
            "free resources of the cluster, stop other jobs of this application, or request fewer"
                + " executors")
        : Finding.ok(
            "executors",
            "driver",
            answered + (answered == 1 ? " executor" : " executors") + " answered");
  }
}
