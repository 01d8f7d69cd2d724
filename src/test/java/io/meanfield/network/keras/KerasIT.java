package io.meanfield.network.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.engine.Learners;
import io.meanfield.fixture.TestPython;
import io.meanfield.learner.Device;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.AcceptedInputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keras and PyTorch load exported weights and predict what the engines predict. */
@Tag("cluster")
@Tag("promise")
class KerasIT {
  private static final int EXAMPLES = 3;
  private static final Path PAGE = Path.of("docs/weights.md").toAbsolutePath();

  @TempDir private Path temporary;

  private record Case(NetworkSettings network, Engine engine, float[] weights, Path folder) {}

  private List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (NetworkSettings network : KerasNetworks.ALL) {
      for (Engine engine : Engine.values()) {
        if (engine == Engine.TORCH || !network.equals(KerasNetworks.COLUMNS)) {
          int number = cases.size();
          Path folder = Files.createDirectory(temporary.resolve(String.valueOf(number)));
          Random random = new Random(number);
          cases.add(new Case(network, engine, KerasNetworks.weights(network, random), folder));
          write(cases.get(number), random);
        }
      }
    }
    return cases;
  }

  private static void write(Case written, Random random) throws IOException {
    NetworkSettings network = written.network();
    Minibatch batch = new Minibatch(EXAMPLES, network.inputs(), network.outputs());
    AcceptedInputs accepted = network.acceptedInputs();
    batch.reset(EXAMPLES, 0);
    float[] inputs = new float[EXAMPLES * network.inputs()];
    for (int i = 0; i < inputs.length; i++) {
      int column = i % network.inputs();
      int categories = accepted.categories(column, network.inputs());
      inputs[i] = categories == 0 ? random.nextFloat() : random.nextInt(categories);
      batch.features()[batch.offset(i / network.inputs()) + column] = inputs[i];
    }
    float[] outputs = new float[EXAMPLES * network.outputs()];
    Learners.withLearner(
        new EngineNetwork(network, written.engine()),
        Device.CPU,
        learner -> {
          learner.restore(LearnerState.fresh(written.weights()));
          learner.predict(batch, outputs);
          return true;
        });
    new ObjectMapper()
        .writeValue(
            written.folder().resolve("examples.json").toFile(),
            Map.of("inputs", inputs, "outputs", outputs));
    Files.writeString(
        written.folder().resolve("network.json"), NetworkJson.write(network, Threshold.DEFAULT));
    try (OutputStream out = Files.newOutputStream(written.folder().resolve("mnist-1.npz"))) {
      NpzFile.write(network, written.weights(), out);
    }
  }

  private static void assertAgreement(
      Path python, List<Case> cases, String script, Object... options) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(options));
    cases.forEach(each -> arguments.add(each.folder()));
    JsonNode differences =
        new ObjectMapper()
            .readTree(TestPython.run(python, Path.of(""), script, arguments.toArray()));
    assertThat(differences).hasSize(cases.size());
    assertThat(differences).allMatch(difference -> difference.asDouble() < 2e-5);
  }

  @Test
  void weightsGiveTheEnginesPredictionsInPyTorch() throws Exception {
    assertAgreement(TestPython.PYTORCH, cases(), "pytorch_forward.py");
  }

  @Test
  void weightsGiveTheEnginesPredictionsInKerasAndComeBack() throws Exception {
    List<Case> cases = cases();
    assertAgreement(TestPython.BIN, cases, "keras_forward.py", PAGE);
    for (Case each : cases) {
      try (InputStream in = Files.newInputStream(each.folder().resolve("start.npz"))) {
        assertThat(NpzFile.read(in, "start.npz", each.network()))
            .containsExactly(each.weights(), offset(1e-6f));
      }
    }
  }
}
