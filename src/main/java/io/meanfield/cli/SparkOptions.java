package io.meanfield.cli;

import io.meanfield.batch.SparkMaster;
import io.meanfield.cli.command.MemoryOverhead;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The options of spark-submit for a driver in cluster deploy mode. This process runs on the
 * submitting machine without the driver's memory and Java options, so they are given.
 *
 * @param master the master that the user wants
 * @param javaOptions the Java options that the user wants for the driver; may be empty
 * @param memory the memory that the user wants for the driver; empty for Spark's default
 * @param given the options that the user wrote
 */
record SparkOptions(SparkMaster master, String javaOptions, String memory, List<String> given) {
  // Their waitAppCompletion decides whether spark-submit ends before the driver does.
  private static final List<String> WAITING =
      List.of("spark.standalone.submit", "spark.yarn.submit", "spark.kubernetes.submission");

  /**
   * Returns the user's options, preceded by defaults that they override. They cannot override that
   * spark-submit waits for the end of the driver. A standalone master starts the driver without the
   * module options that Spark needs on Java 17, so they are added.
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
    options.addAll(List.of("--conf", MemoryOverhead.DRIVER + "=" + overhead.ofDriver()));
    options.addAll(given);
    for (String submission : WAITING) {
      options.addAll(List.of("--conf", submission + ".waitAppCompletion=true"));
    }
    if (master.kind() == SparkMaster.Kind.STANDALONE) {
      options.addAll(List.of("--driver-java-options", moduleOptions() + " " + javaOptions));
    }
    return options;
  }

  private static String moduleOptions() {
    return JavaModuleOptions.defaultModuleOptions();
  }

  private SparkConf conf() {
    SparkConf conf = new SparkConf();
    return memory.isEmpty() ? conf : conf.set("spark.driver.memory", memory);
  }
}
