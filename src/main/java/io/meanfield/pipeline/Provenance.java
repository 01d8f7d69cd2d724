package io.meanfield.pipeline;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The versions and processors for the manifest. Together with settings and data they determine
 * every bit of a model.
 */
final class Provenance {
  private Provenance() {}

  static Map<String, Object> versions(JavaSparkContext spark) {
    Properties build = properties("/meanfield/git.properties");
    // The manifest of ND4J's jar has no version.
    Properties nd4j = properties("/META-INF/maven/org.nd4j/nd4j-api/pom.properties");
    Properties torch = properties("/META-INF/maven/org.bytedeco/pytorch/pom.properties");
    Map<String, Object> versions = new TreeMap<>();
    versions.put("meanfield", build.getProperty("git.build.version", "unknown"));
    versions.put("git_commit", build.getProperty("git.commit.id", "unknown"));
    versions.put("java", Runtime.version().toString());
    versions.put("spark", spark.version());
    versions.put("nd4j", nd4j.getProperty("version", "unknown"));
    versions.put("libtorch", torch.getProperty("version", "unknown"));
    return versions;
  }

  /**
   * Returns the processor of each executor by host. Loads the groups' shards into the cache in the
   * same Spark job.
   */
  static Map<String, String> processors(JavaRDD<ShardGroup> groups) {
    Map<String, String> byHost = new TreeMap<>();
    for (Tuple2<String, String> found :
        groups
            .map(
                group ->
                    new Tuple2<>(
                        SparkEnv.get().blockManager().blockManagerId().host(), processor()))
            .collect()) {
      byHost.put(found._1(), found._2());
    }
    return byHost;
  }

  private static String processor() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpus)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(cpus)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static Properties properties(String resource) {
    Properties properties = new Properties();
    try (InputStream in = Provenance.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
      return properties;
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.UNEXPECTED,
          "cannot read " + resource + " in the application jar: " + e.getMessage(),
          e);
    }
  }
}
