package io.meanfield.cli;

import static io.meanfield.cli.KubernetesResources.faults;
import static io.meanfield.cli.KubernetesResources.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meanfield.cli.command.JobCommand;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;

/** The manifests and pod templates of jobs/kubernetes. */
class KubernetesManifestsTest {
  private static final Path JOBS = Path.of("jobs/kubernetes");
  private static final String IMAGE_HOME = "/opt/meanfield/";

  /** An operator, and where its SparkApplication has what we check. */
  enum Operator {
    KUBEFLOW(
        "kubeflow",
        "sparkoperator.k8s.io_sparkapplications.yaml",
        "/spec/mainApplicationFile",
        "/spec/arguments",
        "/spec/%s/template"),
    APACHE(
        "apache",
        "sparkapplications.spark.apache.org-v1.yaml",
        "/spec/jars",
        "/spec/driverArgs",
        "/spec/%sSpec/podTemplateSpec");

    private final String name;
    private final String definition;
    private final String jar;
    private final String arguments;
    private final String template;

    Operator(String name, String definition, String jar, String arguments, String template) {
      this.name = name;
      this.definition = definition;
      this.jar = jar;
      this.arguments = arguments;
      this.template = template;
    }

    ObjectNode manifest() throws IOException {
      return read(JOBS.resolve("mnist-train-" + name + ".yaml"));
    }

    /** Returns the CustomResourceDefinition that the operator publishes. */
    ObjectNode definition() throws IOException {
      return KubernetesResources.definition(definition);
    }

    String templateOf(String role) {
      return template.formatted(role);
    }
  }

  @ParameterizedTest
  @EnumSource
  void manifestFitsTheDefinitionOfTheOperator(Operator operator) throws IOException {
    assertThat(faults(operator.definition(), operator.manifest())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void podsOfAManifestAreThePodTemplates(Operator operator) throws IOException {
    for (String role : List.of("driver", "executor")) {
      assertThat(operator.manifest().at(operator.templateOf(role) + "/spec"))
          .isEqualTo(read(JOBS.resolve(role + ".yaml")).get("spec"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void metadataAndPodsOfAManifestAreValid(Operator operator) throws IOException {
    ObjectNode manifest = operator.manifest();
    KubernetesSchema metadata =
        KubernetesSchema.ofType("kubernetes_apimachinery_pkg_apis_ObjectMeta");
    KubernetesSchema template = KubernetesSchema.ofType("kubernetes_core_PodTemplateSpec");
    assertThat(metadata.faults(manifest.get("metadata"))).isEmpty();
    assertThat(template.faults(manifest.at(operator.templateOf("driver")))).isEmpty();
    assertThat(template.faults(manifest.at(operator.templateOf("executor")))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void argumentsOfAManifestAreThoseOfTrain(Operator operator) throws IOException {
    List<String> arguments = new ArrayList<>();
    operator
        .manifest()
        .at(operator.arguments)
        .forEach(argument -> arguments.add(argument.asText().replace(IMAGE_HOME, "")));
    ParseResult train =
        Meanfield.commandLine().parseArgs(arguments.toArray(String[]::new)).subcommand();
    JobSettings settings = ((JobCommand) train.commandSpec().userObject()).settings();
    assertThat(train.commandSpec().name()).isEqualTo("train");
    assertThat(settings.run().directory()).isEqualTo("/meanfield/runs");
    assertThat(train.<String>matchedOptionValue("--run-id", "")).isEqualTo("mnist-kubernetes");
  }

  @ParameterizedTest
  @EnumSource
  void manifestNamesTheMainClassAndTheJarOfTheImage(Operator operator) throws IOException {
    ObjectNode manifest = operator.manifest();
    assertThat(manifest.at("/spec/mainClass").asText()).isEqualTo(Meanfield.class.getName());
    assertThat(manifest.at(operator.jar).asText())
        .isEqualTo("local://" + IMAGE_HOME + "meanfield.jar");
    assertThat(Files.readAllLines(Path.of("Dockerfile")))
        .contains(
            "COPY target/meanfield-*-app.jar " + IMAGE_HOME + "meanfield.jar",
            "COPY jobs " + IMAGE_HOME + "jobs");
  }

  @Test
  void buildOfTheImageGetsEachFileThatItCopies() throws IOException {
    List<String> copied =
        Files.readAllLines(Path.of("Dockerfile")).stream()
            .filter(line -> line.startsWith("COPY "))
            .map(line -> List.of(line.split(" ")))
            .flatMap(words -> words.subList(1, words.size() - 1).stream())
            .toList();
    assertThat(copied).contains("scripts/submit");
    assertThat(Files.readAllLines(Path.of(".dockerignore")))
        .containsAll(copied.stream().map(file -> "!" + file).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void podTemplateIsAValidPod(String role) throws IOException {
    assertThat(KubernetesSchema.ofType("kubernetes_core_Pod").faults(pod(role))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor"})
  void podRunsWithoutRootAndWithOneMathThread(String role) throws IOException {
    ObjectNode pod = pod(role);
    assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/spec/containers/0/env/0/name").asText()).isEqualTo("OMP_NUM_THREADS");
    assertThat(pod.at("/spec/containers/0/env/0/value").asText()).isEqualTo("1");
  }

  @Test
  void deploymentOfAServerIsValidAndCallsServe() throws IOException {
    ObjectNode deployment = read(JOBS.resolve("serve.yaml"));
    assertThat(
            KubernetesSchema.ofType("kubernetes_core_PodTemplateSpec")
                .faults(deployment.at("/spec/template")))
        .isEmpty();
    List<String> arguments = new ArrayList<>();
    deployment
        .at("/spec/template/spec/containers/0/args")
        .forEach(argument -> arguments.add(argument.asText()));
    ParseResult serve =
        Meanfield.commandLine()
            .parseArgs(
                arguments
                    .subList(arguments.indexOf("serve"), arguments.size())
                    .toArray(String[]::new))
            .subcommand();
    assertThat(serve.<String>matchedOptionValue("--host", "")).isEqualTo("0.0.0.0");
    assertThat(serve.<Integer>matchedOptionValue("--port", 0))
        .isEqualTo(deployment.at("/spec/template/spec/containers/0/ports/0/containerPort").asInt());
  }

  private static ObjectNode pod(String role) throws IOException {
    return read(JOBS.resolve(role + ".yaml"));
  }
}
