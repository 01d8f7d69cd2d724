package io.meanfield.store;

import org.apache.hadoop.conf.Configuration;

/** Hadoop's settings that a process got as system properties. */
public final class S3Settings {
  private S3Settings() {}

  /** Returns the settings of Hadoop with those of fs.s3a. */
  public static Configuration ofThisProcess() {
    Configuration hadoop = new Configuration();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("fs.s3a."))
        .forEach(name -> hadoop.set(name, System.getProperty(name)));
    return hadoop;
  }
}
