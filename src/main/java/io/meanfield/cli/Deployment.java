package io.meanfield.cli;

import io.meanfield.batch.SparkMaster;
import io.meanfield.pipeline.run.Outcome;
import java.lang.reflect.Constructor;
import java.util.Properties;
import org.apache.spark.SparkUserAppException;

/** The deploy mode of this driver, which decides how its process must end. */
enum Deployment {
  /** The driver is a child of the shell that reads its exit code. */
  CLIENT {
    @Override
    void end(int exitCode) {
      System.exit(exitCode);
    }
  },
  /**
   * The driver runs inside YARN's application master, which takes {@code System.exit} for a crash
   * and starts another attempt. It succeeds if the main method returns.
   */
  YARN_CLUSTER {
    @Override
    void end(int exitCode) throws SparkUserAppException {
      if (!isSuccess(exitCode)) {
        throw failure(exitCode);
      }
    }
  },
  /** The driver is a process of its own on the cluster; the exit code decides its final state. */
  CLUSTER {
    @Override
    void end(int exitCode) {
      System.exit(isSuccess(exitCode) ? 0 : exitCode);
    }
  };

  /** Returns the deployment that spark-submit has set in the system properties. */
  static Deployment current() {
    return of(System.getProperties());
  }

  static Deployment of(Properties properties) {
    // In the driver's pod Spark's image calls spark-submit once more, in client mode.
    if (properties.getProperty("spark.kubernetes.submitInDriver", "").equals("true")) {
      return CLUSTER;
    }
    if (!properties.getProperty("spark.submit.deployMode", "").equals("cluster")) {
      return CLIENT;
    }
    return switch (SparkMaster.parse(properties.getProperty(SparkMaster.KEY, "")).kind()) {
      case YARN -> YARN_CLUSTER;
      case KUBERNETES, STANDALONE, LOCAL, LOCAL_CLUSTER, OTHER -> CLUSTER;
    };
  }

  /**
   * Ends this process, or lets it end, so that the cluster manager records success or failure.
   *
   * @throws SparkUserAppException if the main method must pass it to Spark
   */
  abstract void end(int exitCode) throws SparkUserAppException;

  // Spark 4.1 added a second parameter, the cause, to the only constructor.
  private static SparkUserAppException failure(int exitCode) {
    Constructor<?> constructor = SparkUserAppException.class.getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    arguments[0] = exitCode;
    try {
      return (SparkUserAppException) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + constructor, e);
    }
  }

  /** Returns whether the cluster manager must record success: done, or done without a change. */
  static boolean isSuccess(int exitCode) {
    return exitCode == 0 || exitCode == Outcome.SKIPPED;
  }
}
