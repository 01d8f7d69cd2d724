package io.meanfield.export;

import io.meanfield.export.input.ModelInput;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import java.util.List;
import java.util.Map;

/**
 * A model with what an export adds to it.
 *
 * @param name of the model, for messages
 * @param labels the names of the classes; empty if they have none
 * @param version of the program that writes the file
 * @param properties of the model, for the file's metadata
 */
public record ExportedModel(
    String name,
    Model model,
    ModelInput input,
    List<String> labels,
    String version,
    Map<String, String> properties) {
  NetworkSettings network() {
    return model.network().settings();
  }
}
