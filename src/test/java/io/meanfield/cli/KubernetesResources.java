package io.meanfield.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Manifests of this project, and the published definitions that they must fit. */
final class KubernetesResources {
  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Path DEFINITIONS = Path.of("src/test/resources/kubernetes");

  private KubernetesResources() {}

  static ObjectNode read(Path file) throws IOException {
    return (ObjectNode) YAML.readTree(file.toFile());
  }

  /** Returns a definition of src/test/resources/kubernetes; JSON is YAML, too. */
  static ObjectNode definition(String name) throws IOException {
    Path file = DEFINITIONS.resolve(name + ".gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return (ObjectNode) YAML.readTree(in);
    }
  }

  /** Returns the faults against a definition: those of its schema, its group and its kind. */
  static List<String> faults(JsonNode definition, JsonNode resource) {
    String[] groupAndVersion = resource.get("apiVersion").asText().split("/", -1);
    Stream<String> names =
        Stream.of(
                List.of(definition.at("/spec/group").asText(), groupAndVersion[0]),
                List.of(definition.at("/spec/names/kind").asText(), resource.get("kind").asText()))
            .filter(pair -> !pair.get(0).equals(pair.get(1)))
            .map(pair -> "expected " + pair.get(0) + ", found " + pair.get(1));
    KubernetesSchema schema = KubernetesSchema.ofVersion(definition, groupAndVersion[1]);
    return Stream.concat(names, schema.faults(resource).stream()).toList();
  }
}
