package io.meanfield.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @TempDir private Path folder;

  private static final String USE = "; set SPARK_HOME to Spark 3.5, or to 4.0.1 or newer";

  private static Platform platform(String spark, String scala, int java) {
    return new Platform(spark, scala, java, "Linux", "amd64", false);
  }

  private static Platform machine(String os, String arch, boolean musl) {
    return new Platform("3.5.9", "2.12.18", 17, os, arch, musl);
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.0, 2.12.18, 17",
    "3.5.9, 2.12.18, 17",
    "3.5.9, 2.12.18, 21",
    "3.5.9, 2.12.18, 23",
    "3.5.0-amzn-1, 2.12.18, 17",
    "4.0.1, 2.13.16, 17",
    "4.0.10, 2.13.16, 17",
    "4.1.0, 2.13.17, 17",
    "4.1.0, 2.13.17, 23",
    "4.2.0, 2.13.18, 17",
    "4.2.0, 2.13.18, 25",
    "5.0.0, 2.13.20, 25",
    "unknown, unknown, 17"
  })
  void otherCombinationsAreAllowed(String spark, String scala, int java) {
    assertThat(platform(spark, scala, java).objection()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.4.4", "3.3.2.databricks", "2.4.8"})
  void sparkOlderThan35IsRefused(String spark) {
    assertThat(platform(spark, "2.12.18", 17).objection())
        .hasValue("Spark must be 3.5, or 4.0.1 or newer, found " + spark + USE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.0.0-preview2", "4.0.0.7.1"})
  void spark400IsRefused(String spark) {
    assertThat(platform(spark, "2.13.16", 17).objection())
        .hasValue(
            "Spark must be 3.5, or 4.0.1 or newer, found "
                + spark
                + ", which fails on parameters of other libraries (SPARK-52259)"
                + USE);
  }

  @Test
  void spark35OnScala213IsRefused() {
    assertThat(platform("3.5.9", "2.13.8", 17).objection())
        .hasValue("Spark 3.5.9 must be built with Scala 2.12, found 2.13.8" + USE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.12.18", "3.3.1"})
  void spark4OnAnotherScalaThan213IsRefused(String scala) {
    assertThat(platform("4.2.0", scala, 17).objection())
        .hasValue("Spark 4.2.0 must be built with Scala 2.13, found " + scala + USE);
  }

  @ParameterizedTest
  @CsvSource({
    "3.5.9, 2.12.18, 24",
    "3.5.9, 2.12.18, 25",
    "4.0.1, 2.13.16, 25",
    "4.1.0, 2.13.17, 25"
  })
  void java24OrNewerIsRefusedBeforeSpark42(String spark, String scala, int java) {
    assertThat(platform(spark, scala, java).objection())
        .hasValue(
            "Java must be older than 24 for Spark "
                + spark
                + ", found Java "
                + java
                + "; set JAVA_HOME to Java 17, or SPARK_HOME to Spark 4.2 or newer");
  }

  @ParameterizedTest
  @CsvSource({"Linux, aarch64", "Mac OS X, x86_64", "Mac OS X, aarch64", "Windows 11, amd64"})
  void otherMachinesThanLinuxOnX8664AreRefused(String os, String arch) {
    assertThat(machine(os, arch, false).objection())
        .hasValue(
            "the machine must be Linux on x86-64, found "
                + os
                + " on "
                + arch
                + "; run Meanfield in a container or on a machine of that kind");
  }

  @Test
  void muslIsRefused() {
    assertThat(machine("Linux", "amd64", true).objection())
        .hasValue(
            "the C library must be glibc, found musl; use an image of Debian or Ubuntu instead of"
                + " Alpine");
  }

  @Test
  void loaderThatIsMappedDeterminesTheCLibrary() throws IOException {
    String java = "7f10-7f20 r-xp 00000000 fe:00 123   /usr/lib/jvm/java-17/lib/server/libjvm.so";
    String musl = "7f30-7f40 r-xp 0 fe:00 9   /lib/ld-musl-x86_64.so.1";
    Path maps = Files.write(folder.resolve("maps"), List.of(java, musl));
    assertThat(Platform.isMusl(maps)).isTrue();
    assertThat(Platform.isMusl(Files.write(maps, List.of(java)))).isFalse();
    assertThat(Platform.isMusl(folder.resolve("none"))).isFalse();
  }

  @Test
  void machineOfTheBuildIsSupportedAndKnown() {
    Platform here = Platform.ofThisProcess();
    assertThat(here.spark()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(here.scala()).matches("2\\.1[23]\\.\\d+");
    assertThatCode(Platform::requireSupported).doesNotThrowAnyException();
  }
}
