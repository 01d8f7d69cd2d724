package io.meanfield.pipeline.run;

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
public final class Provenance {
  private static final String UNKNOWN = "unknown";

  private Provenance() {}

  /** Returns the version of Meanfield; "unknown" if the build did not record it. */
  public static String version() {
    return build("git.build.version");
  }

  /** Returns the commit that was built; "unknown" if the build did not record it. */
  public static String commit() {
    return build("git.commit.id");
  }

  private static String build(String key) {
    return properties("/meanfield/git.properties").getProperty(key, UNKNOWN);
  }

  public static Map<String, Object> versions(JavaSparkContext spark) {
    // The manifest of ND4J's jar has no version.
    Properties nd4j = properties("/META-INF/maven/org.nd4j/nd4j-api/pom.properties");
    Properties torch = properties("/META-INF/maven/org.bytedeco/pytorch/pom.properties");
    Map<String, Object> versions = new TreeMap<>();
    versions.put("meanfield", version());
    versions.put("git_commit", commit());
    versions.put("java", Runtime.version().toString());
    versions.put("spark", spark.version());
    versions.put("nd4j", nd4j.getProperty("version", UNKNOWN));
    versions.put("libtorch", torch.getProperty("version", UNKNOWN));
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
      throw UserException.causedBy(
          e,
          ErrorCode.UNEXPECTED,
          "cannot read %s in the application jar: %s",
          resource,
          e.getMessage());
    }
  }
}
