package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.batch.SparkMaster;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkOptionsTest {
  private static List<String> options(String master, String memory, String... given) {
    return new SparkOptions(SparkMaster.parse(master), "-Xss4m", memory, List.of(given))
        .inClusterMode("meanfield train a", OptionalLong.empty());
  }

  @Test
  void optionsOfTheUserFollowTheDefaultsAndOverrideThem() {
    assertThat(options("yarn", "", "--num-executors", "4"))
        .startsWith("--name", "meanfield train a")
        .contains("spark.yarn.appMasterEnv.OMP_NUM_THREADS=1")
        .containsSubsequence("spark.driver.memoryOverhead=1024m", "--num-executors", "4")
        .doesNotContain("--driver-java-options");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark.standalone.submit", "spark.yarn.submit", "spark.kubernetes.submission"})
  void sparkSubmitWaitsForTheDriverWhateverTheUserSets(String submission) {
    String wait = submission + ".waitAppCompletion=";
    assertThat(options("yarn", "", "--conf", wait + "false"))
        .containsSubsequence(wait + "false", "--conf", wait + "true");
  }

  @Test
  void standaloneDriverGetsTheModuleOptionsBeforeTheOptionsOfTheUser() {
    String modules = JavaModuleOptions.defaultModuleOptions();
    assertThat(options("spark://a:7077", "", "--conf", "spark.driver.extraJavaOptions=-Xss4m"))
        .endsWith("--driver-java-options", modules + " -Xss4m");
  }

  @Test
  void containerOfTheDriverHasTheNativeMemory() {
    assertThat(options("yarn", "30g", "--driver-memory", "30g"))
        .containsSequence("--conf", "spark.driver.memoryOverhead=3072m", "--driver-memory", "30g");
    assertThat(
            new SparkOptions(SparkMaster.parse("yarn"), "", "", List.of())
                .inClusterMode("a", OptionalLong.of(3L << 29)))
        .containsSequence("--conf", "spark.driver.memoryOverhead=1536m");
  }
}
