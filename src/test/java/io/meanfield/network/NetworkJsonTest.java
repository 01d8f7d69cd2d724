package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.CountingServer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.AveragePooling2D;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.Conv2D;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Flatten;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.MaxPooling2D;
import io.meanfield.network.layers.Padding;
import io.meanfield.network.layers.SimpleRnn;
import io.meanfield.network.layers.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NetworkJsonTest {
  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(0.1),
          new Optimizer.Sgd(0.1, 0.5, true),
          new Optimizer.RmsProp(0.01, 1e-3),
          new Optimizer.Adam(0.3, 0.8, 0.9, 1e-4),
          new Optimizer.AdamW(0.3, 0.8, 0.9, 1e-4, 0.2, true));
  private static final List<LearningRateSchedule> SCHEDULES =
      List.of(
          LearningRateSchedule.CONSTANT,
          LearningRateSchedule.cosine(7, 0.1),
          LearningRateSchedule.cosine(5, 0).after(3));
  private static final NetworkJson.Inputs INPUTS = new NetworkJson.Inputs(false, Optional.empty());
  private static final List<Double> CLIP_NORMS = List.of(0.0, 1.5);

  private static final List<Layer> IMAGE =
      List.of(
          new Conv2D(3, new Size(3, 2), new Size(2, 1), Padding.SAME, Activation.GELU, 0.01),
          new MaxPooling2D(new Size(2, 2), new Size(1, 2)),
          new BatchNormalization(0.9, 0.01),
          new AveragePooling2D(new Size(2, 1), new Size(2, 1)),
          new Dropout(0.25),
          new Flatten(),
          new Dense(4, Activation.LEAKY_RELU, 0.5),
          new Dense(2, Activation.SOFTMAX));
  private static final List<Layer> SEQUENCE =
      List.of(
          new Lstm(5, true, 0.1),
          new SimpleRnn(4, Activation.RELU, true, 0.2),
          new Lstm(3, false, 0),
          new Dense(2, Activation.SOFTMAX));

  @Property(tries = 60)
  void parsedNetworkEqualsTheWrittenOne(
      @ForAll boolean image,
      @ForAll @IntRange(max = 4) int optimizer,
      @ForAll @IntRange(max = 2) int schedule,
      @ForAll @IntRange(max = 1) int clipping,
      @ForAll @IntRange(min = 1, max = 3) int members) {
    NetworkSettings network =
        new NetworkSettings(
            image ? List.of(12, 9, 2) : List.of(6, 5),
            image ? IMAGE : SEQUENCE,
            Loss.CATEGORICAL_CROSSENTROPY,
            OPTIMIZERS.get(optimizer),
            CLIP_NORMS.get(clipping),
            SCHEDULES.get(schedule),
            members);
    assertThat(parse(NetworkJson.write(network, Threshold.DEFAULT), "a file")).isEqualTo(network);
  }

  private static NetworkSettings parse(String json, String file) {
    return NetworkJson.parse(utf8(json), file);
  }

  private static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Example
  void thresholdIsReadAsWrittenAndTheDefaultIsNotWritten() {
    NetworkSettings network =
        new NetworkSettings(List.of(12, 9, 2), IMAGE, Loss.MSE, new Optimizer.Sgd(0.1));
    String plain = NetworkJson.write(network, Threshold.DEFAULT);
    assertThat(plain).doesNotContain("threshold");
    assertThat(NetworkJson.threshold(utf8(plain), "a file")).isEqualTo(Threshold.DEFAULT);
    for (float value : new float[] {0.1f, 0.5f, Math.nextUp(0f), Math.nextUp(1f)}) {
      String written = NetworkJson.write(network, Threshold.of(value));
      assertThat(NetworkJson.threshold(utf8(written), "a file")).isEqualTo(Threshold.of(value));
      assertThat(parse(written, "a file")).isEqualTo(parse(plain, "a file"));
    }
  }

  @Example
  void inputsAreReadAsWritten() {
    NetworkSettings network =
        new NetworkSettings(List.of(12, 9, 2), IMAGE, Loss.MSE, new Optimizer.Sgd(0.1));
    for (NetworkJson.Inputs inputs :
        List.of(
            INPUTS,
            new NetworkJson.Inputs(true, Optional.empty()),
            new NetworkJson.Inputs(false, Optional.of("c0ffee")),
            new NetworkJson.Inputs(true, Optional.of("c0ffee")))) {
      String json = NetworkJson.write(Model.untrained(network, 5), inputs);
      assertThat(parse(json, "a file")).isEqualTo(network);
      assertThat(NetworkJson.inputs(utf8(json), "a file")).isEqualTo(inputs);
    }
  }

  @Example
  void countersOfAStateAreKept() {
    NetworkSettings network =
        new NetworkSettings(List.of(12, 9, 2), IMAGE, Loss.MSE, new Optimizer.Sgd(0.1));
    Model model = Model.untrained(network, 5);
    LearnerState state = new LearnerState(model.state().weights(), new float[0], 42, 3);
    byte[] json = utf8(NetworkJson.write(model.with(state), INPUTS));
    assertThat(NetworkJson.parse(json, "a file")).isEqualTo(network);
    assertThat(NetworkJson.counters(json, "a file")).isEqualTo(new NetworkJson.Counters(42, 3));
    String wrong = NetworkJson.write(model.with(state), INPUTS).replace(":42", ":-1");
    assertThatThrownBy(() -> parse(wrong, "a file"))
        .isInstanceOf(UserException.class)
        .hasMessage("iteration must be a whole number that is not negative, found -1 (a file: 1)");
  }

  @Example
  void includeMakesNoRequest() throws IOException {
    try (CountingServer server = new CountingServer()) {
      String include = "include url(\"" + server.url() + "\")";
      assertThatThrownBy(() -> parse(include, "model.zip, meanfield.json"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "model.zip, meanfield.json is damaged: it is not JSON; restore the file from a"
                  + " backup");
      assertThat(server.requests()).isZero();
    }
  }

  @Example
  void misspelledLayerIsNamedWithItsNumberAndFile() {
    NetworkSettings network =
        new NetworkSettings(List.of(12, 9, 2), IMAGE, Loss.MSE, new Optimizer.Sgd(0.1));
    String written = NetworkJson.write(network, Threshold.DEFAULT).replace("flatten", "flattten");
    assertThatThrownBy(() -> parse(written, "model.zip, meanfield.json"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("network.layers[5] must have exactly one of dense, conv2d")
        .hasMessageContaining("model.zip, meanfield.json");
  }
}
