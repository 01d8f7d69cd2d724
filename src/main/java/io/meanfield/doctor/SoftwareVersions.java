package io.meanfield.doctor;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/** The versions of what Meanfield runs on in one process. */
@DefaultSerializer(JavaSerializer.class)
record SoftwareVersions(int java, String spark) implements Serializable {
  private static final String CHECK = "software";

  static SoftwareVersions here() {
    return new SoftwareVersions(
        Runtime.version().feature(), org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }

  /** Judges the versions of a process; the driver's own are supported, or it had not started. */
  Finding finding(String where, SoftwareVersions driver) {
    if (!spark.equals(driver.spark)) {
      return Finding.failed(
          CHECK,
          where,
          "%s, but the driver has %s".formatted(display(), driver.display()),
          "set SPARK_HOME on the driver and on every worker to the same version of Spark");
    }
    if (java != driver.java) {
      return Finding.warning(
          CHECK,
          where,
          "%s, but the driver has Java %s".formatted(display(), driver.java),
          "set spark.executorEnv.JAVA_HOME to the Java of the driver");
    }
    return Finding.ok(CHECK, where, display());
  }

  private String display() {
    return "Java " + java + ", Spark " + spark;
  }
}
