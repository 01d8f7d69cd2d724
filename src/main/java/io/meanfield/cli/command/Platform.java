package io.meanfield.cli.command;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the process runs on: versions of Spark, Scala and Java, and the machine. An unsupported
 * combination is refused before a class of Spark fails on it.
 *
 * @param spark such as 3.5.9
 * @param scala such as 2.12.18
 * @param java the feature number, such as 17
 * @param os Java's os.name, such as Linux
 * @param arch Java's os.arch, such as amd64
 * @param musl whether the C library is musl
 */
record Platform(String spark, String scala, int java, String os, String arch, boolean musl) {
  private static final String USE = "; set SPARK_HOME to Spark 3.5, or to 4.0.1 or newer";

  /** Throws an exception with the reason if this process cannot run Meanfield. */
  static void requireSupported() {
    ofThisProcess()
        .objection()
        .ifPresent(
            reason -> {
              throw new UserException(ErrorCode.UNSUPPORTED_PLATFORM, reason);
            });
  }

  static Platform ofThisProcess() {
    return new Platform(
        version("/spark-version-info.properties", "version"),
        version("/library.properties", "version.number"),
        Runtime.version().feature(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        isMusl(Path.of("/proc/self/maps")));
  }

  // Reads the file instead of asking Spark, so that no class of Spark is initialised.
  private static String version(String resource, String key) {
    Properties properties = new Properties();
    try (InputStream in = Platform.class.getResourceAsStream(resource)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException unreadable) {
      return "unknown";
    }
    return properties.getProperty(key, "unknown");
  }

  /** Returns why Meanfield cannot run here, and the remedy; empty if it can. */
  Optional<String> objection() {
    return Stream.of(ofMachine(), ofSpark(), ofScala(), ofJava())
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> ofMachine() {
    if (!os.equals("Linux") || !List.of("amd64", "x86_64").contains(arch)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the machine must be Linux on x86-64, found %s on %s; run Meanfield in a container or"
                  + " on a machine of that kind",
              os,
              arch));
    }
    return musl
        ? Optional.of(
            "the C library must be glibc, found musl; use an image of Debian or Ubuntu instead of"
                + " Alpine")
        : Optional.empty();
  }

  private Optional<String> ofSpark() {
    if (isOlderSparkThan(3, 5)) {
      return Optional.of("Spark must be 3.5, or 4.0.1 or newer, found %s%s".formatted(spark, USE));
    }
    return spark.equals("4.0.0") || spark.startsWith("4.0.0-") || spark.startsWith("4.0.0.")
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Spark must be 3.5, or 4.0.1 or newer, found %s, which fails on parameters of other"
                    + " libraries (SPARK-52259)%s",
                spark,
                USE))
        : Optional.empty();
  }

  private Optional<String> ofScala() {
    String expected = isOlderSparkThan(4, 0) ? "2.12" : "2.13";
    return scala.startsWith(expected + ".") || scala.equals("unknown")
        ? Optional.empty()
        : Optional.of(
            "Spark %s must be built with Scala %s, found %s%s"
                .formatted(spark, expected, scala, USE));
  }

  // The Hadoop of Spark 4.1 and older calls Subject.getSubject, which Java 24 has disabled.
  private Optional<String> ofJava() {
    return isOlderSparkThan(4, 2) && java >= 24
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "Java must be older than 24 for Spark %s, found Java %s; set JAVA_HOME to Java 17,"
                    + " or SPARK_HOME to Spark 4.2 or newer",
                spark,
                java))
        : Optional.empty();
  }

  private boolean isOlderSparkThan(int major, int minor) {
    String[] parts = spark.split("[.-]", 3);
    try {
      int found = Integer.parseInt(parts[0]);
      return found < major || (found == major && Integer.parseInt(parts[1]) < minor);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException unknown) {
      return false; // a version that cannot be compared is not refused
    }
  }

  /**
   * Returns whether the C library of a process is musl; the native libraries of both engines need
   * glibc. The files on the disk do not tell, because a machine may have both.
   *
   * @param maps the files that the process has mapped: /proc/PID/maps
   */
  static boolean isMusl(Path maps) {
    try (Stream<String> mappings = Files.lines(maps)) {
      return mappings.anyMatch(line -> line.contains("/ld-musl-"));
    } catch (IOException notLinux) {
      return false;
    }
  }
}
