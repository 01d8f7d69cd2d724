package io.meanfield.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.package$;

/** Describes the machine and the versions of a measurement. */
final class Machine {
  private Machine() {}

  static String description() {
    return String.join(
        ", ",
        processor(),
        Runtime.getRuntime().availableProcessors() + " cores",
        "Java " + Runtime.version(),
        "Spark " + package$.MODULE$.SPARK_VERSION(),
        "DL4J " + dl4jVersion("deeplearning4j-nn"),
        "DL4J Spark " + dl4jVersion("dl4j-spark_2.12"));
  }

  // The manifests of DL4J's jars have no version.
  private static String dl4jVersion(String artifact) {
    String file = "/META-INF/maven/org.deeplearning4j/" + artifact + "/pom.properties";
    try (InputStream in = Machine.class.getResourceAsStream(file)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
