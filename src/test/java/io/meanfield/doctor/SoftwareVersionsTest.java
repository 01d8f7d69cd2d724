package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftwareVersionsTest {
  private static final SoftwareVersions DRIVER = new SoftwareVersions(17, "3.5.9");

  @Test
  void versionsOfTheDriverAreOk() {
    assertThat(DRIVER.finding("executor 1 on a", DRIVER))
        .isEqualTo(Finding.ok("software", "executor 1 on a", "Java 17, Spark 3.5.9"));
  }

  @Test
  void anotherSparkThanTheDriversFails() {
    assertThat(new SoftwareVersions(17, "3.5.1").finding("executor 1 on a", DRIVER))
        .isEqualTo(
            Finding.failed(
                "software",
                "executor 1 on a",
                "Java 17, Spark 3.5.1, but the driver has Java 17, Spark 3.5.9",
                "set SPARK_HOME on the driver and on every worker to the same version of Spark"));
  }

  @Test
  void anotherJavaThanTheDriversIsAWarning() {
    assertThat(new SoftwareVersions(21, "3.5.9").finding("executor 1 on a", DRIVER))
        .isEqualTo(
            Finding.warning(
                "software",
                "executor 1 on a",
                "Java 21, Spark 3.5.9, but the driver has Java 17",
                "set spark.executorEnv.JAVA_HOME to the Java of the driver"));
  }

  @Test
  void versionsOfThisProcessAreKnown() {
    SoftwareVersions here = SoftwareVersions.here();
    assertThat(here.java()).isGreaterThanOrEqualTo(17);
    assertThat(here.spark()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
