package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Checks the contents of the application jar. */
class ApplicationJarIT {
  private static Path jar() throws IOException {
    return only("meanfield-*-app.jar");
  }

  private static Path only(String glob) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("target"), glob)) {
      return files.iterator().next();
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
  void licenceAndNoticeAreThoseOfTheProject() throws IOException {
    try (ZipFile zip = new ZipFile(jar().toFile())) {
      for (String name : List.of("LICENSE", "NOTICE")) {
        assertThat(zip.getInputStream(zip.getEntry("META-INF/" + name)))
            .hasSameContentAs(Files.newInputStream(Path.of(name)));
      }
    }
    assertThat(names())
        .filteredOn(name -> name.matches("(?i)META-INF/(LICENSE|NOTICE|DEPENDENCIES)[^/]*"))
        .containsExactlyInAnyOrder("META-INF/LICENSE", "META-INF/NOTICE");
  }

  @Test
  void textsOfAllLicencesThatTheNoticeNamesAreInJarAndWheel() throws IOException {
    Set<String> named =
        Pattern.compile("(?<![\\w.-])[a-z][a-z0-9.-]*\\.txt")
            .matcher(Files.readString(Path.of("NOTICE")))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).contains("onnxruntime.txt", "openblas.txt", "lgpl-2.1.txt", "gpl-3.0.txt");
    assertThat(Path.of("licenses").toFile().list()).containsExactlyInAnyOrderElementsOf(named);
    assertThat(texts(jar(), "META-INF/licenses/")).containsExactlyInAnyOrderElementsOf(named);
    assertThat(texts(only("meanfield-*.whl"), "meanfield-[\\w.]+\\.dist-info/licenses/"))
        .containsExactlyInAnyOrderElementsOf(named);
    assertThat(names())
        .contains(
            "ThirdPartyNotices.txt",
            "META-INF/resources/webjars/echarts/5.3.1/licenses/LICENSE-d3");
  }

  private static List<String> texts(Path archive, String folder) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.stream()
          .filter(entry -> entry.getSize() > 0 && entry.getName().matches(folder + "[^/]+"))
          .map(entry -> entry.getName().replaceAll(".*/", ""))
          .toList();
    }
  }

  /** A scanner of jars takes each descriptor for a library, faults of its version included. */
  @Test
  void mavenDescriptorsAreThoseOfTheLibrariesInTheJar() throws IOException {
    List<String> names = names();
    Map<String, String> libraries =
        Stream.of(
                "io.meanfield/meanfield: io/meanfield/cli/Meanfield",
                "com.fasterxml.jackson.core/jackson-annotations:"
                    + " org/nd4j/shade/jackson/annotation/",
                "com.fasterxml.jackson.core/jackson-core: org/nd4j/shade/jackson/core/",
                "com.fasterxml.jackson.core/jackson-databind: org/nd4j/shade/jackson/databind/",
                "com.fasterxml.jackson.dataformat/jackson-dataformat-yaml:"
                    + " org/nd4j/shade/jackson/dataformat/yaml/",
                "com.fasterxml.woodstox/woodstox-core: org/nd4j/shade/wstx/",
                "com.google.code.findbugs/jsr305: javax/annotation/",
                "com.google.errorprone/error_prone_annotations: org/nd4j/shade/errorprone/",
                "com.google.flatbuffers/flatbuffers-java: com/google/flatbuffers/",
                "com.google.guava/failureaccess: org/nd4j/shade/guava/util/concurrent/internal/",
                "com.google.guava/guava: org/nd4j/shade/guava/collect/",
                "com.google.j2objc/j2objc-annotations: org/nd4j/shade/j2objc/",
                "com.google.protobuf/protobuf-java: org/nd4j/shade/protobuf/",
                "com.jakewharton.byteunits/byteunits: com/jakewharton/byteunits/",
                "com.samskivert/jmustache: com/samskivert/mustache/",
                "io.prometheus/prometheus-metrics-config: io/prometheus/metrics/config/",
                "io.prometheus/prometheus-metrics-exposition-textformats:"
                    + " io/prometheus/metrics/expositionformats/",
                "io.prometheus/prometheus-metrics-model: io/prometheus/metrics/model/",
                "net.ericaro/neoitertools: net/ericaro/neoitertools/",
                "org.bytedeco/javacpp: org/bytedeco/javacpp/",
                "org.bytedeco/openblas: org/bytedeco/openblas/",
                "org.bytedeco/pytorch: org/bytedeco/pytorch/",
                "org.deeplearning4j/deeplearning4j-nn: org/deeplearning4j/nn/",
                "org.deeplearning4j/deeplearning4j-utility-iterators: org/deeplearning4j/datasets/",
                "org.deeplearning4j/resources: org/deeplearning4j/common/",
                "org.nd4j/guava: org/nd4j/shade/guava/",
                "org.nd4j/jackson: org/nd4j/shade/jackson/",
                "org.nd4j/nd4j-api: org/nd4j/linalg/api/",
                "org.nd4j/nd4j-common: org/nd4j/common/",
                "org.nd4j/nd4j-native: org/nd4j/linalg/cpu/nativecpu/",
                "org.nd4j/nd4j-native-api: org/nd4j/nativeblas/",
                "org.nd4j/nd4j-native-preset: org/nd4j/linalg/cpu/nativecpu/bindings/",
                "org.nd4j/nd4j-presets-common: org/nd4j/presets/",
                "org.nd4j/protobuf: org/nd4j/shade/protobuf/",
                "org.yaml/snakeyaml: org/nd4j/shade/yaml/snakeyaml/")
            .map(line -> line.split(": "))
            .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    assertThat(
            names.stream()
                .filter(name -> name.matches("META-INF/maven/.*[^/]"))
                .map(name -> name.replaceAll("META-INF/maven/|/pom\\.(xml|properties)", "")))
        .containsOnly(libraries.keySet().toArray(String[]::new));
    assertThat(libraries.values())
        .allMatch(
            prefix ->
                names.stream()
                    .anyMatch(name -> name.startsWith(prefix) && name.endsWith(".class")));
  }

  /** Two jars have descriptors of Guava, and only one of them its classes. */
  @Test
  void noticeNamesTheVersionsOfTheDescriptors() throws IOException {
    String notice = Files.readString(Path.of("NOTICE"));
    Map<String, String> libraries =
        Map.of(
            "com.google.guava/guava", "Guava",
            "com.google.protobuf/protobuf-java", "Protocol Buffers",
            "com.fasterxml.jackson.core/jackson-databind", "Jackson",
            "com.fasterxml.woodstox/woodstox-core", "Woodstox",
            "org.yaml/snakeyaml", "SnakeYAML",
            "org.bytedeco/javacpp", "JavaCPP",
            "com.samskivert/jmustache", "JMustache",
            "com.google.flatbuffers/flatbuffers-java", "FlatBuffers");
    for (Map.Entry<String, String> library : libraries.entrySet()) {
      assertThat(notice).contains(library.getValue() + " " + version(library.getKey()));
    }
  }

  private static String version(String library) throws IOException {
    try (ZipFile zip = new ZipFile(jar().toFile())) {
      Properties descriptor = new Properties();
      descriptor.load(
          zip.getInputStream(zip.getEntry("META-INF/maven/" + library + "/pom.properties")));
      return descriptor.getProperty("version");
    }
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
