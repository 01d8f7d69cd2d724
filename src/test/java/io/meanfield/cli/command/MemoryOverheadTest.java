package io.meanfield.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryOverheadTest {
  private static final OptionalLong AUTO = OptionalLong.empty();
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";

  private static SparkConf conf(String master) {
    return new SparkConf(false).setMaster(master);
  }

  private static SparkConf configured(SparkConf conf, OptionalLong nativeMemory) {
    new MemoryOverhead(conf, nativeMemory).configureExecutors();
    return conf;
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://a:6443", "spark://a:7077", "local-cluster[2,1,1]"})
  void nativeMemoryLimitsContainersAndBuffersOfExecutors(String master) {
    SparkConf conf = configured(conf(master), OptionalLong.of(3L << 29));
    assertThat(conf.get(OVERHEAD)).isEqualTo("1536m");
    assertThat(conf.get(JAVA_OPTIONS)).isEqualTo("-Dorg.bytedeco.javacpp.maxBytes=1536m");
  }

  @ParameterizedTest
  @CsvSource({
    "yarn, 1g, 1024m",
    "yarn, 20g, 2048m",
    "k8s://https://a:6443, 512m, 1024m",
    "k8s://https://a:6443, 32g, 3276m"
  })
  void autoIsATenthOfTheHeapAndAtLeastOneGibibyteInContainers(
      String master, String heap, String overhead) {
    SparkConf conf = configured(conf(master).set("spark.executor.memory", heap), AUTO);
    assertThat(conf.get(OVERHEAD)).isEqualTo(overhead);
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "local[2]", "local-cluster[2,1,1024]"})
  void autoSetsNothingWithoutContainers(String master) {
    SparkConf conf = configured(conf(master), AUTO);
    assertThat(conf.contains(OVERHEAD)).isFalse();
    assertThat(conf.contains(JAVA_OPTIONS)).isFalse();
  }

  @Test
  void autoFollowsTheFactorAndTheMinimumOfSpark() {
    SparkConf factor = conf("yarn").set("spark.executor.memory", "8g");
    factor.set("spark.executor.memoryOverheadFactor", "0.5");
    assertThat(configured(factor, AUTO).get(OVERHEAD)).isEqualTo("4096m");
    SparkConf older = conf("k8s://a").set("spark.executor.memory", "8g");
    older.set("spark.kubernetes.memoryOverheadFactor", "0.25");
    assertThat(configured(older, AUTO).get(OVERHEAD)).isEqualTo("2048m");
    SparkConf least = conf("yarn").set("spark.executor.minMemoryOverhead", "3g");
    assertThat(configured(least, AUTO).get(OVERHEAD)).isEqualTo("3072m");
  }

  @Test
  void overheadOfTheUserIsTheNativeMemoryOnEveryMaster() {
    SparkConf conf = configured(conf("spark://a:7077").set(OVERHEAD, "700"), AUTO);
    assertThat(conf.get(OVERHEAD)).isEqualTo("700m"); // Spark's unit is MiB
    assertThat(conf.get(JAVA_OPTIONS)).isEqualTo("-Dorg.bytedeco.javacpp.maxBytes=700m");
  }

  @Test
  void javaOptionsOfTheUserStay() {
    SparkConf conf = conf("yarn").set(JAVA_OPTIONS, "-Xss4m");
    assertThat(configured(conf, AUTO).get(JAVA_OPTIONS))
        .isEqualTo("-Xss4m -Dorg.bytedeco.javacpp.maxBytes=1024m");
    String own = "-Dorg.bytedeco.javacpp.maxBytes=5g";
    assertThat(configured(conf("yarn").set(JAVA_OPTIONS, own), AUTO).get(JAVA_OPTIONS))
        .isEqualTo(own);
  }

  @Test
  void anotherOverheadThanTheNativeMemoryIsRefused() {
    SparkConf conf = conf("yarn").set(OVERHEAD, "2g");
    assertThatThrownBy(() -> configured(conf, OptionalLong.of((1L << 30) + 1)))
        .hasMessage(
            "spark.executor.memoryOverhead is 2048m, but run.native-memory is 1025m; leave out one"
                + " of them, or set both to the same");
    assertThat(configured(conf, OptionalLong.of(2L << 30)).get(OVERHEAD)).isEqualTo("2048m");
  }

  @Test
  void driverHasTheSameMemoryUnlessTheUserSetsIt() {
    SparkConf conf = conf("yarn").set("spark.driver.memory", "20g");
    assertThat(new MemoryOverhead(conf, AUTO).ofDriver()).isEqualTo("2048m");
    assertThat(new MemoryOverhead(conf, OptionalLong.of(3L << 30)).ofDriver()).isEqualTo("3072m");
    conf.set("spark.driver.memoryOverhead", "600");
    assertThat(new MemoryOverhead(conf, AUTO).ofDriver()).isEqualTo("600");
  }
}
