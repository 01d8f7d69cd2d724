package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class SparkOptionsTest {
  private static List<String> options(String master, String... given) {
    return new SparkOptions(master, List.of(given)).inClusterMode("meanfield train a");
  }

  @Test
  void optionsOfTheUserFollowTheDefaultsAndOverrideThem() {
    assertThat(options("yarn", "--num-executors", "4"))
        .startsWith("--name", "meanfield train a")
        .contains("spark.yarn.appMasterEnv.OMP_NUM_THREADS=1")
        .endsWith("--num-executors", "4");
  }

  @Test
  void standaloneDriverGetsTheModuleOptionsBeforeTheOptionsOfTheUser() {
    String modules = JavaModuleOptions.defaultModuleOptions();
    assertThat(options("spark://a:7077", "--driver-java-options", "-Xss4m"))
        .endsWith("--driver-java-options", modules + " -Xss4m");
    assertThat(options("spark://a:7077", "--driver-java-options=-Xss4m"))
        .endsWith("--driver-java-options", modules + " -Xss4m");
    assertThat(options("spark://a:7077", "--conf", "spark.driver.extraJavaOptions=-Xss4m"))
        .endsWith("--driver-java-options", modules + " -Xss4m");
  }
}
