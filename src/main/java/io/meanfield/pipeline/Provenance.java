package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The versions for the manifest. Together with kernels, settings and data they determine every bit
 * of a model.
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
