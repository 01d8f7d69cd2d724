package io.meanfield.cli.command;

import io.meanfield.batch.SparkMaster;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.EndedApplication;
import io.meanfield.store.RunSettings;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** Starts the SparkSession of a command. */
public final class Sessions {
  /** How the names of applications begin; the name of the command follows. */
  public static final String APPLICATION = "meanfield ";

  // A standalone worker gives a driver in cluster deploy mode the secret in this variable only;
  // the driver's context demands it as a setting.
  private static final String SECRET_OF_THE_WORKER = "_SPARK_AUTH_SECRET";

  // A host that vanishes closes no connection. Spark and Hadoop would wait for it for minutes.
  private static final Map<String, String> SPARK_TIMEOUTS =
      Map.of(
          "spark.network.timeout", "60s",
          "spark.network.timeoutInterval", "10s",
          "spark.shuffle.io.connectionTimeout", "30s",
          "spark.shuffle.io.connectionCreationTimeout", "10s");
  private static final Map<String, String> HADOOP_TIMEOUTS =
      Map.of(
          "spark.hadoop.ipc.client.connect.timeout", "5000",
          "spark.hadoop.ipc.client.connect.max.retries.on.timeouts", "0",
          "spark.hadoop.ipc.client.rpc-timeout.ms", "30000",
          "spark.hadoop.ipc.ping.interval", "30000",
          "spark.hadoop.dfs.client.socket-timeout", "30000",
          "spark.hadoop.dfs.datanode.socket.write.timeout", "30000");

  private Sessions() {}

  /**
   * Opens a session with the settings of spark-submit and the defaults that Meanfield needs.
   *
   * @param name of the command, which becomes part of the application's name
   * @throws io.meanfield.error.UserException if the platform is not supported, or the settings of
   *     Spark and Meanfield contradict each other
   */
  private static SparkSession open(String name, RunSettings run) {
    Platform.requireSupported();
    SparkConf conf =
        settings()
            .setIfMissing(SparkMaster.KEY, "local[*]")
            .setAppName(APPLICATION + name)
            // Spark's default of three seconds delays every round if two shards are on one
            // executor.
            .setIfMissing("spark.locality.wait", "100ms")
            // Most bytes of broadcasts are weights, which LZ4 makes only 5 % smaller.
            .setIfMissing("spark.broadcast.compress", "false")
            // A stream of Java objects keeps them in memory until it is reset. Blocks of examples
            // have megabytes, and Spark resets after 100.
            .setIfMissing("spark.serializer.objectStreamReset", "10")
            // Times in tables are UTC in every time zone of the driver.
            .setIfMissing("spark.sql.session.timeZone", "UTC");
    Optional.ofNullable(System.getenv(SECRET_OF_THE_WORKER))
        .ifPresent(secret -> conf.setIfMissing("spark.authenticate.secret", secret));
    SparkMaster master = SparkMaster.of(conf);
    if (master.isLocal()) {
      // The executor is this process, which ends with a message instead of System.exit if a task
      // fails with an error such as OutOfMemoryError.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      // A larger result of a round, such as its weights, would reach the driver over a socket.
      conf.setIfMissing("spark.task.maxDirectResultSize", "100m");
    } else {
      SPARK_TIMEOUTS.forEach(conf::setIfMissing);
    }
    HadoopLogin.requireFor(master);
    new MemoryOverhead(conf, run.nativeMemory()).configureExecutors();
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /**
   * Opens a session, does the work of a command, and closes the session.
   *
   * @throws UserException if Spark has ended the application, because the cluster manager did not
   *     answer or told it so
   */
  public static <T> T with(String name, RunSettings run, Function<SparkSession, T> work) {
    SparkSession spark = open(name, run);
    EndedApplication ending = new EndedApplication(EndedApplication.PATIENCE);
    spark.sparkContext().addSparkListener(ending);
    try (ending) {
      return work.apply(spark);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      if (spark.sparkContext().isStopped() && UserException.in(e).isEmpty()) {
        throw new UserException(ErrorCode.APPLICATION_ENDED, ended(spark.sparkContext()), e);
      }
      throw e;
    } finally {
      spark.stop();
    }
  }

  private static String ended(SparkContext context) {
    return String.format(
        Locale.ROOT,
        "Spark ended the application before the command was done (its log has the reason); check"
            + " that the master %s runs, and that spark.authenticate.secret, if it has one, is the"
            + " same here (docs/clusters.md#security)",
        context.master());
  }

  /** Returns Hadoop's configuration with the spark.hadoop settings of spark-submit. */
  public static Configuration hadoop() {
    Platform.requireSupported();
    return SparkHadoopUtil.get().newConfiguration(settings());
  }

  private static SparkConf settings() {
    SparkConf conf = new SparkConf();
    HADOOP_TIMEOUTS.forEach(conf::setIfMissing);
    return conf;
  }
}
