package io.meanfield.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The options of spark-submit for a driver in cluster deploy mode.
 *
 * @param master the URL of the cluster manager
 * @param given the options that the user wrote
 */
record SparkOptions(String master, List<String> given) {
  private static final String JAVA_OPTIONS = "--driver-java-options";
  private static final String JAVA_OPTIONS_KEY = "spark.driver.extraJavaOptions";

  /**
   * Returns the user's options, preceded by defaults that they override. A standalone master starts
   * the driver without the module options that Spark needs on Java 17, so they are added.
   *
   * @param name of the application, which the cluster manager shows before the driver starts
   * @param nativeMemory the value of run.native-memory in bytes; empty for auto
   * @throws io.meanfield.error.UserException if options and {@code nativeMemory} contradict each
   *     other
   */
  List<String> inClusterMode(String name, OptionalLong nativeMemory) {
    MemoryOverhead overhead = new MemoryOverhead(conf(), nativeMemory);
    overhead.requireAgreement();
    List<String> options = new ArrayList<>(List.of("--name", name));
    for (String process : List.of("spark.executorEnv", "spark.yarn.appMasterEnv")) {
      options.addAll(List.of("--conf", process + ".OMP_NUM_THREADS=1"));
    }
    options.addAll(List.of("--conf", "spark.kubernetes.driverEnv.OMP_NUM_THREADS=1"));
    options.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
    options.addAll(List.of("--conf", MemoryOverhead.DRIVER + "=" + overhead.ofDriver()));
    options.addAll(given);
    if (master.startsWith("spark://")) {
      options.addAll(List.of(JAVA_OPTIONS, moduleOptions() + " " + javaOptions()));
    }
    return options;
  }

  private static String moduleOptions() {
    return JavaModuleOptions.defaultModuleOptions();
  }

  private String javaOptions() {
    return last(JAVA_OPTIONS, JAVA_OPTIONS_KEY)
        .orElseGet(() -> new SparkConf().get(JAVA_OPTIONS_KEY, ""));
  }

  // On the submitting machine, --driver-memory is not among the settings of Spark.
  private SparkConf conf() {
    SparkConf conf = new SparkConf();
    last("--driver-memory", "spark.driver.memory")
        .ifPresent(value -> conf.set("spark.driver.memory", value));
    return conf;
  }

  /** Returns the last value that the user gave for an option or for the same setting. */
  private Optional<String> last(String option, String key) {
    Optional<String> last = Optional.empty();
    for (int i = 0; i < given.size(); i++) {
      String next = i + 1 < given.size() ? given.get(i + 1) : "";
      if (given.get(i).equals(option)) {
        last = Optional.of(next);
      } else if (given.get(i).startsWith(option + "=")) {
        last = Optional.of(given.get(i).substring(option.length() + 1));
      } else if (given.get(i).equals("--conf") && next.startsWith(key + "=")) {
        last = Optional.of(next.substring(key.length() + 1));
      }
    }
    return last;
  }
}
