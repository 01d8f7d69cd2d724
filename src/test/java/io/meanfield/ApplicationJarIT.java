package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Checks the contents of the application jar. */
class ApplicationJarIT {
  private static Path jar() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of("target"), "meanfield-*-app.jar")) {
      return jars.iterator().next();
    }
  }

  private static List<String> names() throws IOException {
    try (ZipFile zip = new ZipFile(jar().toFile())) {
      return zip.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void jarContainsNoSparkScalaOrHadoop() throws IOException {
    assertThat(names())
        .noneMatch(name -> name.startsWith("org/apache/spark/"))
        .noneMatch(name -> name.startsWith("scala/"))
        .noneMatch(name -> name.startsWith("org/apache/hadoop/"))
        .noneMatch(name -> name.startsWith("org/slf4j/"))
        .contains(
            "io/meanfield/cli/Meanfield.class",
            "meanfield/defaults.conf",
            "meanfield/git.properties");
  }

  @Test
  void nativesAreForLinuxOnX8664Only() throws IOException {
    assertThat(names())
        .filteredOn(name -> name.matches(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib)"))
        .isNotEmpty()
        .allMatch(name -> name.contains("linux-x86_64") || name.contains("/linux-x64/"));
  }

  @Test
  void partsOfOldLibrariesThatNothingReachesAreLeftOut() throws IOException {
    assertThat(names())
        .noneMatch(name -> name.startsWith("it/unimi/dsi/"))
        .noneMatch(name -> name.startsWith("com/google/gson/"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/codehaus/"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/jackson/dataformat/xml/"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/jackson/datatype/"))
        .noneMatch(name -> name.matches("org/nd4j/shade/guava/(cache|eventbus|net|reflect)/.*"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/protobuf/compiler/"))
        .noneMatch(name -> name.matches("org/tensorflow/(distruntime|util)/.*"))
        .noneMatch(
            name ->
                name.matches(
                    "org/nd4j/shade/yaml/snakeyaml"
                        + "/(composer|constructor|introspector|representer)/.*"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/yaml/snakeyaml/Yaml"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/protobuf/util/"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/protobuf/common/"))
        .noneMatch(name -> name.startsWith("org/nd4j/shade/guava/io/FileBackedOutputStream"))
        .contains(
            "org/nd4j/shade/jackson/dataformat/yaml/YAMLFactory.class",
            "org/nd4j/shade/wstx/util/StringUtil.class")
        .filteredOn(name -> name.startsWith("org/nd4j/shade/wstx/") && name.endsWith(".class"))
        .hasSize(1);
  }

  @Test
  void onlyTheCommonBuildOfEChartsIsPacked() throws IOException {
    assertThat(names())
        .filteredOn(name -> name.startsWith("META-INF/resources/") && name.endsWith(".js"))
        .containsExactly("META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js");
  }

  @Test
  void jarIsSmallerThan250Megabytes() throws IOException {
    assertThat(Files.size(jar())).isLessThan(250_000_000L);
  }

  @Test
  void serviceFilesOfSeveralLibrariesAreMerged() throws IOException {
    try (ZipFile zip = new ZipFile(jar().toFile())) {
      ZipEntry services =
          zip.getEntry("META-INF/services/org.nd4j.common.base.PreconditionsFormat");
      String providers =
          new String(zip.getInputStream(services).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(providers).contains("org.nd4j.linalg.util.NDArrayPreconditionsFormat");
      ZipEntry backends = zip.getEntry("META-INF/services/org.nd4j.linalg.factory.Nd4jBackend");
      assertThat(new String(zip.getInputStream(backends).readAllBytes(), StandardCharsets.UTF_8))
          .contains("org.nd4j.linalg.cpu.nativecpu.CpuBackend");
    }
  }
}
