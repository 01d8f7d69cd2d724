package io.meanfield.pipeline;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.engine.LoadedKernels;
import io.meanfield.learner.Processor;
import io.meanfield.network.EngineNetwork;
import io.meanfield.store.RunDirectory;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;

/**
 * The hardware and the kernels of an executor, for the manifest.
 *
 * @param kernels that the libraries use, asked of the libraries
 */
@DefaultSerializer(JavaSerializer.class)
record ExecutorReport(String host, String processor, String kernels) implements Serializable {

  /**
   * Pins the kernels of {@code network} on every executor that holds {@code data}, and records by
   * host the processor and the kernels in use. Loads the data into the cache in the same Spark job.
   *
   * @throws io.meanfield.error.UserException if an executor lacks the level or had loaded the
   *     libraries with other kernels
   */
  static void record(RunDirectory run, EngineNetwork network, JavaRDD<?> data) {
    List<ExecutorReport> reports = pin(network, data);
    run.replaceManifest(
        run.manifest()
            .with("processors", processors(reports))
            .with("kernels_in_use", kernelsInUse(reports)));
  }

  /**
   * Pins the kernels of {@code network} on every executor that holds {@code data}, and loads the
   * data into the cache in the same Spark job; returns a report for each partition.
   *
   * @throws io.meanfield.error.UserException if an executor lacks the level or had loaded the
   *     libraries with other kernels
   */
  static List<ExecutorReport> pin(EngineNetwork network, JavaRDD<?> data) {
    return data.map(cached -> here(network)).collect();
  }

  private static ExecutorReport here(EngineNetwork network) {
    return new ExecutorReport(
        SparkEnv.get().blockManager().blockManagerId().host(),
        Processor.here().name(),
        LoadedKernels.pinned(network.engine(), network.kernels()).display());
  }

  static Map<String, String> processors(List<ExecutorReport> reports) {
    Map<String, String> byHost = new TreeMap<>();
    reports.forEach(report -> byHost.put(report.host(), report.processor()));
    return byHost;
  }

  /** Returns the different kernels of the executors of each host. */
  static Map<String, Set<String>> kernelsInUse(List<ExecutorReport> reports) {
    Map<String, Set<String>> byHost = new TreeMap<>();
    for (ExecutorReport report : reports) {
      byHost.computeIfAbsent(report.host(), host -> new TreeSet<>()).add(report.kernels());
    }
    return byHost;
  }
}
