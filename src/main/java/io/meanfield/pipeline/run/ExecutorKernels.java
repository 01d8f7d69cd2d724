package io.meanfield.pipeline.run;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.engine.LoadedKernels;
import io.meanfield.kernels.Processor;
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
 * The processor of an executor and the kernels that are pinned there, for the manifest.
 *
 * @param kernels that the libraries use, asked of the libraries
 */
@DefaultSerializer(JavaSerializer.class)
public record ExecutorKernels(String host, String processor, String kernels)
    implements Serializable {

  /**
   * Pins the kernels of {@code network} on every executor that holds {@code data}, and loads the
   * data into the cache in the same Spark job.
   *
   * @return the kernels of the executor of each partition
   * @throws io.meanfield.error.UserException if an executor lacks the level or had loaded the
   *     libraries with other kernels
   */
  public static List<ExecutorKernels> pinAndLoad(EngineNetwork network, JavaRDD<?> data) {
    return data.map(cached -> here(network)).collect();
  }

  /** As {@link #pinAndLoad(EngineNetwork, JavaRDD)}, with a job for each of several data. */
  public static List<ExecutorKernels> pinAndLoad(
      EngineNetwork network, List<? extends JavaRDD<?>> data) {
    return data.stream().flatMap(each -> pinAndLoad(network, each).stream()).toList();
  }

  /** Adds processors and kernels, by host, to the manifest of a run. */
  public static void record(RunDirectory run, List<ExecutorKernels> pinned) {
    run.replaceManifest(
        run.manifest()
            .with("processors", processors(pinned))
            .with("kernels_in_use", kernelsInUse(pinned)));
  }

  private static ExecutorKernels here(EngineNetwork network) {
    return new ExecutorKernels(
        SparkEnv.get().blockManager().blockManagerId().host(),
        Processor.here().name(),
        LoadedKernels.pinned(network.engine(), network.kernels()).display());
  }

  static Map<String, String> processors(List<ExecutorKernels> pinned) {
    Map<String, String> byHost = new TreeMap<>();
    pinned.forEach(executor -> byHost.put(executor.host(), executor.processor()));
    return byHost;
  }

  /** Returns the different kernels of the executors of each host. */
  static Map<String, Set<String>> kernelsInUse(List<ExecutorKernels> pinned) {
    Map<String, Set<String>> byHost = new TreeMap<>();
    for (ExecutorKernels executor : pinned) {
      byHost.computeIfAbsent(executor.host(), host -> new TreeSet<>()).add(executor.kernels());
    }
    return byHost;
  }
}
