package io.meanfield.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   */
  List<String> inClusterMode(String name) {
    List<String> options = new ArrayList<>(List.of("--name", name));
    for (String process : List.of("spark.executorEnv", "spark.yarn.appMasterEnv")) {
      options.addAll(List.of("--conf", process + ".OMP_NUM_THREADS=1"));
    }
    options.addAll(List.of("--conf", "spark.kubernetes.driverEnv.OMP_NUM_THREADS=1"));
    options.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
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
    Optional<String> last = Optional.empty();
    for (int i = 0; i < given.size(); i++) {
      String next = i + 1 < given.size() ? given.get(i + 1) : "";
      if (given.get(i).equals(JAVA_OPTIONS)) {
        last = Optional.of(next);
      } else if (given.get(i).startsWith(JAVA_OPTIONS + "=")) {
        last = Optional.of(given.get(i).substring(JAVA_OPTIONS.length() + 1));
      } else if (given.get(i).equals("--conf") && next.startsWith(JAVA_OPTIONS_KEY + "=")) {
        last = Optional.of(next.substring(JAVA_OPTIONS_KEY.length() + 1));
      }
    }
    return last.orElseGet(() -> new SparkConf().get(JAVA_OPTIONS_KEY, ""));
  }
}
