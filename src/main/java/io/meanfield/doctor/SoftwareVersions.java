package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Properties;

/** The versions of what Meanfield runs on in one process. */
@DefaultSerializer(JavaSerializer.class)
record SoftwareVersions(int java, String spark, String scala) implements Serializable {
  private static final String CHECK = "software";

  static SoftwareVersions here() {
    return new SoftwareVersions(
        Runtime.version().feature(),
        version("/spark-version-info.properties", "version"),
        version("/library.properties", "version.number"));
  }

  // Reads files, because the methods of Scala are not the same in Scala 2.12 and 2.13.
  private static String version(String resource, String key) {
    Properties properties = new Properties();
    try (InputStream in = SoftwareVersions.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      return "unknown";
    }
    return properties.getProperty(key, "unknown");
  }

  /** Judges the versions of a process; the driver's own are supported, or it had not started. */
  Finding finding(String where, SoftwareVersions driver) {
    if (!spark.equals(driver.spark) || !scala.equals(driver.scala)) {
      return Finding.failed(
          CHECK,
          where,
          display() + ", but the driver has " + driver.display(),
          "set SPARK_HOME on the driver and on every worker to the same version of Spark");
    }
    if (java != driver.java) {
      return Finding.warning(
          CHECK,
          where,
          display() + ", but the driver has Java " + driver.java,
          "set spark.executorEnv.JAVA_HOME to the Java of the driver");
    }
    return Finding.ok(CHECK, where, display());
  }

  private String display() {
    return "Java " + java + ", Spark " + spark + ", Scala " + scala;
  }
}
