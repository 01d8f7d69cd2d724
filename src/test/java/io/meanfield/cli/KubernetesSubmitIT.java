package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.meanfield.fixture.KubernetesApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command of docs/clusters.md for Kubernetes without an operator: Spark's own client makes the
 * driver's pod out of our template. It needs a Spark home with Spark's module for Kubernetes.
 */
@EnabledIf(
    value = "sparkHasKubernetes",
    disabledReason = "-Dtest.spark.home names no Spark with spark-kubernetes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesSubmitIT {
  private static final Path JARS = Path.of(System.getProperty("test.spark.home", ""), "jars");
  private static final Path TEMPLATES = Path.of("jobs/kubernetes");

  private JsonNode pod;
  private List<JsonNode> configMaps;

  @BeforeAll
  void submit(@TempDir Path temporary) throws Exception {
    try (KubernetesApiServer server = KubernetesApiServer.start()) {
      Path log = temporary.resolve("log");
      ProcessBuilder builder = new ProcessBuilder(command(server.master()));
      builder.environment().put("KUBECONFIG", temporary.resolve("none").toString());
      builder.environment().put("NO_PROXY", "localhost");
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      assertThat(process.waitFor()).as(() -> read(log)).isZero();
      assertThat(server.created("Pod")).hasSize(1);
      pod = server.created("Pod").get(0);
      configMaps = server.created("ConfigMap");
    }
  }

  static boolean sparkHasKubernetes() throws IOException {
    if (!Files.isDirectory(JARS)) {
      return false;
    }
    try (Stream<Path> files = Files.list(JARS)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("spark-kubernetes_"));
    }
  }

  private static List<String> command(String master) throws IOException {
    String documented = Files.readString(Path.of("docs/clusters.md"));
    String submit = "$SPARK_HOME/bin/spark-submit --master k8s://https://HOST:6443";
    int start = documented.indexOf(submit) + submit.length();
    String options = documented.substring(start, documented.indexOf("```", start));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("@dev/java-options", "-cp", JARS + "/*"));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
    // Nobody starts the driver, so there is no end to wait for.
    command.addAll(List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false"));
    command.addAll(List.of(options.replace("\\\n", " ").trim().split("\\s+")));
    return command;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private JsonNode container() {
    return pod.at("/spec/containers/0");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private String environment(String name) {
    return StreamSupport.stream(container().get("env").spliterator(), false)
        .filter(variable -> variable.get("name").asText().equals(name))
        .map(variable -> variable.get("value").asText())
        .findFirst()
        .orElse("");
  }

  @Test
  void driverGetsTheClassTheJarAndTheArguments() {
    assertThat(pod.at("/spec/containers")).hasSize(1);
    assertThat(container().get("image").asText()).isEqualTo("meanfield:0.1.0");
    assertThat(texts(container().get("args")))
        .startsWith("driver", "--properties-file")
        .containsSubsequence("--class", "io.meanfield.cli.Meanfield")
        .containsSubsequence("local:///opt/meanfield/meanfield.jar", "train", "--conf")
        .contains("run.directory=/meanfield/runs")
        .endsWith("--run-id", "mnist-kubernetes");
  }

  @Test
  void driverHasOneMathThreadAndItsLocalDirectoriesOnTheScratchVolume() {
    assertThat(environment("OMP_NUM_THREADS")).isEqualTo("1");
    assertThat(environment("SPARK_LOCAL_DIRS")).isEqualTo("/scratch");
    assertThat(environment("JDK_JAVA_OPTIONS"))
        .isEqualTo("-Dorg.bytedeco.javacpp.cachedir=/scratch/javacpp");
  }

  @Test
  void driverKeepsTheSecurityAndTheVolumesOfItsTemplate() throws IOException {
    JsonNode template =
        new ObjectMapper(new YAMLFactory())
            .readTree(TEMPLATES.resolve("driver.yaml").toFile())
            .get("spec");
    assertThat(pod.at("/spec/securityContext")).isEqualTo(template.get("securityContext"));
    assertThat(container().get("securityContext"))
        .isEqualTo(template.at("/containers/0/securityContext"));
    assertThat(pod.at("/spec/volumes")).containsAll(template.get("volumes"));
    assertThat(container().get("volumeMounts"))
        .containsAll(template.at("/containers/0/volumeMounts"));
  }

  @Test
  void driverAsksForHeapAndOverheadAndForRoomOnTheDisk() {
    JsonNode requests = container().at("/resources/requests");
    assertThat(requests.get("memory").asText()).isEqualTo("3072Mi");
    assertThat(requests.get("ephemeral-storage").asText()).isEqualTo("4Gi");
  }

  @Test
  void sparkMarksADriverInAPodSoThatItEndsAsInClusterDeployMode() {
    assertThat(configMaps)
        .extracting(map -> map.at("/data/spark.properties").asText())
        .anyMatch(text -> text.lines().anyMatch("spark.kubernetes.submitInDriver=true"::equals));
  }

  @Test
  void executorsTemplateTravelsToTheDriver() throws IOException {
    assertThat(configMaps)
        .extracting(map -> map.at("/data/podspec-configmap-key").asText())
        .contains(Files.readString(TEMPLATES.resolve("executor.yaml")));
  }
}
