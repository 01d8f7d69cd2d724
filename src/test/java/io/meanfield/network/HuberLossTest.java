package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.settings.SettingsTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the values of the Huber loss and its settings. */
class HuberLossTest {
  private static NetworkSettings load(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    NetworkSettings network = NetworkSettings.read(tree.section("network"));
    tree.root()
        .allow(
            List.of(
                "run",
                "data",
                "train",
                "pretrain",
                "registry",
                "gate",
                "retrain",
                "reinforce",
                "tracking"));
    tree.section("network").allow(List.of("engine", "device"));
    tree.throwIfInvalid();
    return network;
  }

  @Test
  void smallErrorsCountSquaredAndLargeOnesLinearly() {
    float[] outputs = {0.5f, 3, -4};
    float[] targets = {0, 1, 0};
    // Errors 0.5, 2, -4: 0.125, 1 (2 - 0.5), 1 (4 - 0.5).
    assertThat(Loss.huber(1).of(outputs, targets, 0, 3))
        .isCloseTo((0.125 + 1.5 + 3.5) / 3, within(1e-12));
    // With delta = 2.5: 0.125, 2, 2.5 (4 - 1.25).
    assertThat(Loss.huber(2.5).of(outputs, targets, 0, 3))
        .isCloseTo((0.125 + 2 + 6.875) / 3, within(1e-12));
  }

  @Test
  void bothBranchesMeetAtDelta() {
    float[] target = {0};
    double below = Loss.huber(2).of(new float[] {1.9999f}, target, 0, 1);
    double at = Loss.huber(2).of(new float[] {2}, target, 0, 1);
    double above = Loss.huber(2).of(new float[] {2.0001f}, target, 0, 1);
    assertThat(at).isEqualTo(2);
    assertThat(above - at).isCloseTo(at - below, within(1e-6));
  }

  @Test
  void deltaIsReadAndIsOneByDefault() {
    String output = "network.layers = [ { dense = 1, activation = linear } ]";
    assertThat(load("network.loss = huber", output).loss()).isEqualTo(Loss.huber(1));
    assertThat(load("network.loss = huber", "network.huber-delta = 0.25", output).loss())
        .isEqualTo(Loss.huber(0.25));
  }

  @Test
  void deltaMustBePositiveAndBelongsToHuber() {
    assertThatThrownBy(() -> load("network { loss = huber, huber-delta = 0 }"))
        .hasMessageContaining(
            "network.huber-delta must be a number above 0, found 0 (--set network: 1)");
    assertThatThrownBy(() -> load("network.huber-delta = 2"))
        .hasMessageContaining("unknown key network.huber-delta");
  }

  @Test
  void modelFilesKeepDelta() {
    NetworkSettings network =
        load(
            "network { input = [3], loss = huber, huber-delta = 0.5 }",
            "network.layers = [ { dense = 1, activation = linear } ]");
    String json = NetworkJson.write(network, Threshold.DEFAULT);
    assertThat(NetworkJson.parse(json.getBytes(StandardCharsets.UTF_8), "model").loss())
        .isEqualTo(Loss.huber(0.5));
  }
}
