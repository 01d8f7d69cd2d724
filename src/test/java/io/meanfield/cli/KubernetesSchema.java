package io.meanfield.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A schema of Kubernetes that refuses each field that it does not declare. The API server drops
 * such a field silently unless the caller asks for strict validation.
 */
final class KubernetesSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Types that the schema of pods describes as Java objects; in YAML they are numbers or text. */
  private static final Map<String, String> SCALARS =
      Map.of(
          "kubernetes_resource_Quantity", "{\"type\": [\"string\", \"number\"]}",
          "kubernetes_apimachinery_pkg_util_intstr_IntOrString",
              "{\"type\": [\"string\", \"integer\"]}",
          "kubernetes_apimachinery_pkg_apis_Time", "{\"type\": \"string\"}");

  private final JsonSchema schema;

  private KubernetesSchema(JsonNode schema) {
    this.schema = JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema);
  }

  /**
   * Returns the schema of a custom resource.
   *
   * @param definition the CustomResourceDefinition
   * @param version the version of the resource, such as v1
   */
  static KubernetesSchema ofVersion(JsonNode definition, String version) {
    for (JsonNode candidate : definition.at("/spec/versions")) {
      if (candidate.get("name").asText().equals(version)) {
        ObjectNode schema = candidate.at("/schema/openAPIV3Schema").deepCopy();
        close(schema);
        // Every resource has these; Kubernetes checks them itself.
        ObjectNode properties = (ObjectNode) schema.get("properties");
        List.of("apiVersion", "kind", "metadata").forEach(properties::putObject);
        return new KubernetesSchema(schema);
      }
    }
    throw new IllegalArgumentException("the definition has no version " + version);
  }

  /** Returns the schema of a type of Kubernetes itself, such as kubernetes_core_Pod. */
  static KubernetesSchema ofType(String type) {
    ObjectNode schema = JSON.createObjectNode();
    ObjectNode definitions = (ObjectNode) kubernetes().get("definitions");
    definitions.forEach(definition -> close((ObjectNode) definition));
    try {
      for (Map.Entry<String, String> scalar : SCALARS.entrySet()) {
        definitions.set(scalar.getKey(), JSON.readTree(scalar.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    schema.set("definitions", definitions);
    schema.putArray("allOf").addObject().put("$ref", "#/definitions/" + type);
    return new KubernetesSchema(schema);
  }

  /**
   * Returns the schema of a type that an OpenAPI document of Kubernetes describes.
   *
   * @param document version 3 of OpenAPI
   * @param type such as io.k8s.api.batch.v1.CronJob
   */
  static KubernetesSchema ofOpenApi(JsonNode document, String type) {
    ObjectNode components = document.get("components").deepCopy();
    components.get("schemas").forEach(definition -> close((ObjectNode) definition));
    ObjectNode schema = JSON.createObjectNode();
    schema.set("components", components);
    schema.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + type);
    return new KubernetesSchema(schema);
  }

  /** Returns a sentence for each fault; empty if the resource is valid. */
  List<String> faults(JsonNode resource) {
    return schema.validate(resource).stream().map(ValidationMessage::getMessage).toList();
  }

  private static JsonNode kubernetes() {
    try (InputStream stream = Pod.class.getResourceAsStream("/schema/validation-schema.json")) {
      return JSON.readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ObjectNode schema) {
    schema.path("properties").forEach(property -> close((ObjectNode) property));
    if (schema.path("items") instanceof ObjectNode items) {
      close(items);
    }
    if (schema.path("additionalProperties") instanceof ObjectNode values) {
      close(values);
    } else if (schema.path("type").asText().equals("object") && !isOpen(schema)) {
      schema.put("additionalProperties", false);
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      schema.remove("anyOf");
      schema.putArray("type").add("string").add("integer");
    }
  }

  /** Kubernetes' own types are marked as open for the sake of Java classes, but declare fields. */
  private static boolean isOpen(ObjectNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || (schema.path("additionalProperties").asBoolean() && !schema.has("properties"));
  }
}
