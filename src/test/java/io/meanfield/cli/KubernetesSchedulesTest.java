package io.meanfield.cli;

import static io.meanfield.cli.KubernetesResources.definition;
import static io.meanfield.cli.KubernetesResources.faults;
import static io.meanfield.cli.KubernetesResources.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CronJob and the ScheduledSparkApplication of jobs/schedule. */
class KubernetesSchedulesTest {
  private static final Path SCHEDULES = Path.of("jobs/schedule");
  private static final Path PODS = Path.of("jobs/kubernetes");
  private static final String IMAGE_HOME = "/opt/meanfield/";
  private static final Path TINI = Path.of("/usr/bin/tini");
  private static final int TINI_WORDS = 4;

  @TempDir private Path folder;

  private static ObjectNode cronJob() throws IOException {
    return read(SCHEDULES.resolve("cronjob.yaml"));
  }

  private static ObjectNode scheduledApplication() throws IOException {
    return read(SCHEDULES.resolve("scheduled-spark-application.yaml"));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static KubernetesSchema cronJobs() throws IOException {
    ObjectNode document = definition("apis__batch__v1_openapi.json");
    // Its own description says that a rule has exit codes or conditions, but not both.
    JsonNode rule = document.at("/components/schemas/io.k8s.api.batch.v1.PodFailurePolicyRule");
    ((ObjectNode) rule).putArray("required").add("action");
    return KubernetesSchema.ofOpenApi(document, "io.k8s.api.batch.v1.CronJob");
  }

  private static ObjectNode scheduledApplications() throws IOException {
    return definition("sparkoperator.k8s.io_scheduledsparkapplications.yaml");
  }

  private static JsonNode podOfTheCronJob() throws IOException {
    return cronJob().at("/spec/jobTemplate/spec/template/spec");
  }

  @Test
  void cronJobFitsTheDefinitionOfKubernetes() throws IOException {
    assertThat(cronJobs().faults(cronJob())).isEmpty();
    assertThat(cronJob().get("apiVersion").asText()).isEqualTo("batch/v1");
    assertThat(cronJob().get("kind").asText()).isEqualTo("CronJob");
  }

  @Test
  void scheduledApplicationFitsTheDefinitionOfTheOperator() throws IOException {
    assertThat(faults(scheduledApplications(), scheduledApplication())).isEmpty();
  }

  @Test
  void nightThatIsStillRunningForbidsTheNext() throws IOException {
    assertThat(cronJob().at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    assertThat(scheduledApplication().at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
  }

  @Test
  void scheduledApplicationRunsRetrainOfTodayWithThePodTemplates() throws IOException {
    JsonNode template = scheduledApplication().at("/spec/template");
    assertRetrains(texts(template.get("arguments")));
    assertThat(template.get("mainClass").asText()).isEqualTo(Meanfield.class.getName());
    assertThat(template.get("mainApplicationFile").asText())
        .isEqualTo("local://" + IMAGE_HOME + "meanfield.jar");
    for (String role : List.of("driver", "executor")) {
      assertThat(template.at("/" + role + "/template/spec"))
          .isEqualTo(read(PODS.resolve(role + ".yaml")).get("spec"));
    }
  }

  private static RetrainCall assertRetrains(List<String> arguments) {
    RetrainCall call =
        new RetrainCall(
            arguments.stream().map(text -> text.replace("=" + IMAGE_HOME, "=")).toList());
    call.assertIsOfToday();
    assertThat(call.settings().run().directory()).isEqualTo("/meanfield/runs");
    assertThat(call.settings().registry().directory()).isEqualTo("/meanfield/models");
    return call;
  }

  @Test
  void cronJobNeedsWhatThePodOfADriverNeeds() throws IOException {
    JsonNode driver = read(PODS.resolve("driver.yaml")).get("spec");
    for (String field : List.of("securityContext", "nodeSelector")) {
      assertThat(podOfTheCronJob().get(field)).isEqualTo(driver.get(field));
    }
    JsonNode container = podOfTheCronJob().at("/containers/0");
    assertThat(container.get("securityContext"))
        .isEqualTo(driver.at("/containers/0/securityContext"));
    assertThat(container.get("env")).contains(driver.at("/containers/0/env/1"));
    assertThat(texts(container.get("args")))
        .contains(
            "--conf=spark.kubernetes.executor.podTemplateFile="
                + IMAGE_HOME
                + PODS.resolve("executor.yaml"));
  }

  @Test
  void cronJobTriesAgainNeitherWrongSettingsNorRefusedDataNorARunOfAnotherProcess()
      throws IOException {
    JsonNode job = cronJob().at("/spec/jobTemplate/spec");
    JsonNode rule = job.at("/podFailurePolicy/rules/0");
    assertThat(rule.get("action").asText()).isEqualTo("FailJob");
    assertThat(rule.at("/onExitCodes/containerName").asText())
        .isEqualTo(podOfTheCronJob().at("/containers/0/name").asText());
    assertThat(texts(rule.at("/onExitCodes/values"))).containsExactly("2", "3", "4");
    // Kubernetes accepts a policy of failures only with pods that are never restarted in place.
    assertThat(podOfTheCronJob().get("restartPolicy").asText()).isEqualTo("Never");
    // From 2 o'clock UTC, so that another pod of the same night has the same date.
    assertThat(job.get("activeDeadlineSeconds").asInt()).isLessThan(22 * 60 * 60);
  }

  /** Runs the container's command in the folder of an image whose spark-submit records its call. */
  private RecordingInstallation.Finished runContainer(
      RecordingInstallation image, int exitCode, int skippedWords) throws Exception {
    Path spark = folder.resolve("opt/spark");
    image.record(spark.resolve("bin/spark-submit"), exitCode);
    Files.createDirectories(spark.resolve("jars"));
    Files.writeString(spark.resolve("jars/spark-kubernetes_2.12-3.5.9.jar"), "");
    for (String script : List.of("submit", "spark-class")) {
      Files.copy(Path.of("scripts", script), image.home().resolve("scripts/" + script));
    }
    Files.writeString(image.home().resolve("meanfield.jar"), "");
    JsonNode container = podOfTheCronJob().at("/containers/0");
    List<String> command = new ArrayList<>(texts((ArrayNode) container.get("command")));
    command.subList(0, skippedWords).clear();
    texts(container.get("args"))
        .forEach(word -> command.add(word.replace("$(POD_IP)", "10.0.0.7")));
    command.replaceAll(word -> word.startsWith("-") ? word : image.relocate(word));
    Map<String, String> environment =
        Map.of(
            "PATH", "/usr/bin:/bin",
            "JAVA_HOME", System.getProperty("java.home"),
            "SPARK_HOME", spark.toString());
    return image.run(environment, command);
  }

  @Test
  void cronJobCallsSparkInClientModeWithItsOwnAddress() throws Exception {
    RecordingInstallation image = new RecordingInstallation(folder);
    assertThat(runContainer(image, 99, TINI_WORDS).exitCode()).isEqualTo(99);
    List<String> arguments = image.arguments();
    assertThat(arguments)
        .contains("--master=k8s://https://kubernetes.default.svc")
        .contains("--conf=spark.driver.host=10.0.0.7")
        .containsSequence(
            "--class",
            Meanfield.class.getName(),
            image.home().resolve("meanfield.jar").toString(),
            "retrain");
    assertThat(assertRetrains(arguments).sparkOptions()).doesNotContain("--deploy-mode");
    assertThat(image.environment()).contains("OMP_NUM_THREADS=1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 99, 130})
  void tiniTurnsOnlyTheExitCodeOfASkippedNightIntoSuccess(int exitCode) throws Exception {
    assumeTrue(Files.isExecutable(TINI), "no tini");
    RecordingInstallation image = new RecordingInstallation(folder);
    int expected = exitCode == 99 ? 0 : exitCode;
    assertThat(runContainer(image, exitCode, 0).exitCode()).isEqualTo(expected);
  }

  @Test
  void imageHasTheScriptsThatTheCronJobCalls() throws IOException {
    assertThat(podOfTheCronJob().at("/containers/0/command/" + TINI_WORDS).asText())
        .isEqualTo(IMAGE_HOME + "scripts/submit");
    assertThat(Files.readAllLines(Path.of("Dockerfile")))
        .contains(
            "COPY scripts/submit scripts/spark-class scripts/gpu-discovery "
                + IMAGE_HOME
                + "scripts/");
  }
}
