package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesSchemaTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String DEFINITION =
      """
      spec:
        versions:
          - name: v1
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  port:
                    anyOf: [{type: integer}, {type: string}]
                    x-kubernetes-int-or-string: true
                  open: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  labels: {type: object, additionalProperties: {type: string}}
                  empty: {type: object}
                  rows: {type: array, items: {type: object, properties: {a: {type: integer}}}}
      """;

  private static List<String> faults(String resource) throws IOException {
    JsonNode definition = YAML.readTree(DEFINITION);
    return KubernetesSchema.ofVersion(definition, "v1").faults(YAML.readTree(resource));
  }

  @Test
  void metadataOfAResourceIsAccepted() throws IOException {
    assertThat(faults("{apiVersion: a/v1, kind: A, metadata: {name: a}}")).isEmpty();
  }

  @Test
  void intOrStringIsBothAndNothingElse() throws IOException {
    assertThat(faults("{port: 80}")).isEmpty();
    assertThat(faults("{port: http}")).isEmpty();
    assertThat(faults("{port: 1.5}"))
        .containsExactly("$.port: number found, [string, integer] expected");
  }

  @Test
  void unknownFieldIsAcceptedWhereUnknownFieldsArePreserved() throws IOException {
    assertThat(faults("{open: {any: [thing]}}")).isEmpty();
  }

  @Test
  void mapHasAnyKeysButValuesOfItsType() throws IOException {
    assertThat(faults("{labels: {any: thing}}")).isEmpty();
    assertThat(faults("{labels: {any: 1}}"))
        .containsExactly("$.labels.any: integer found, string expected");
  }

  @Test
  void unknownFieldIsRefusedAtTheTopInObjectsAndInRows() throws IOException {
    String unknown =
        ": property 'b' is not defined in the schema and the schema does not allow additional"
            + " properties";
    assertThat(faults("{b: 1}")).containsExactly("$" + unknown);
    assertThat(faults("{empty: {b: 1}}")).containsExactly("$.empty" + unknown);
    assertThat(faults("{rows: [{a: 1}, {b: 1}]}")).containsExactly("$.rows[1]" + unknown);
  }

  @Test
  void typesOfAnOpenApiDocumentAreClosedToo() throws IOException {
    JsonNode document =
        YAML.readTree(
            """
            components:
              schemas:
                Outer:
                  type: object
                  properties: {inner: {allOf: [{$ref: "#/components/schemas/Inner"}]}}
                Inner: {type: object, required: [a], properties: {a: {type: integer}}}
            """);
    KubernetesSchema schema = KubernetesSchema.ofOpenApi(document, "Outer");
    assertThat(schema.faults(YAML.readTree("{inner: {a: 1}}"))).isEmpty();
    assertThat(schema.faults(YAML.readTree("{inner: {a: x, b: 1}}")))
        .containsExactlyInAnyOrder(
            "$.inner.a: string found, integer expected",
            "$.inner: property 'b' is not defined in the schema and the schema does not allow"
                + " additional properties");
  }

  @Test
  void versionThatTheDefinitionLacksIsRefused() {
    assertThatThrownBy(() -> KubernetesSchema.ofVersion(YAML.readTree(DEFINITION), "v2"))
        .hasMessage("the definition has no version v2");
  }
}
