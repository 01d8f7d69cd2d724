package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoftwareVersionsTest {
  private static final SoftwareVersions DRIVER = new SoftwareVersions(17, "3.5.9", "2.12.18");

  @Test
  void versionsOfTheDriverAreOk() {
    assertThat(DRIVER.finding("executor 1 on a", DRIVER))
        .isEqualTo(
            Finding.ok("software", "executor 1 on a", "Java 17, Spark 3.5.9, Scala 2.12.18"));
  }

  @Test
  void anotherSparkOrScalaThanTheDriversFails() {
    String remedy = "set SPARK_HOME on the driver and on every worker to the same version of Spark";
    assertThat(new SoftwareVersions(17, "3.5.1", "2.12.18").finding("executor 1 on a", DRIVER))
        .isEqualTo(
            Finding.failed(
                "software",
                "executor 1 on a",
                "Java 17, Spark 3.5.1, Scala 2.12.18, but the driver has Java 17, Spark 3.5.9,"
                    + " Scala 2.12.18",
                remedy));
    assertThat(new SoftwareVersions(17, "3.5.9", "2.13.8").finding("executor 1 on a", DRIVER))
        .isEqualTo(
            Finding.failed(
                "software",
                "executor 1 on a",
                "Java 17, Spark 3.5.9, Scala 2.13.8, but the driver has Java 17, Spark 3.5.9,"
                    + " Scala 2.12.18",
                remedy));
  }

  @Test
  void anotherJavaThanTheDriversIsAWarning() {
    assertThat(new SoftwareVersions(21, "3.5.9", "2.12.18").finding("executor 1 on a", DRIVER))
        .isEqualTo(
            Finding.warning(
                "software",
                "executor 1 on a",
                "Java 21, Spark 3.5.9, Scala 2.12.18, but the driver has Java 17",
                "set spark.executorEnv.JAVA_HOME to the Java of the driver"));
  }

  @Test
  void versionsOfThisProcessAreKnown() {
    SoftwareVersions here = SoftwareVersions.here();
    assertThat(here.java()).isGreaterThanOrEqualTo(17);
    assertThat(here.spark()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(here.scala()).matches("2\\.1[23]\\..*");
  }
}
