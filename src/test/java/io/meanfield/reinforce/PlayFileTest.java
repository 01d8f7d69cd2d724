package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import io.meanfield.reinforce.environment.EpisodeSet;
import io.meanfield.settings.SettingsTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the file with target network, replay memories and episodes. */
class PlayFileTest {
  private static final LearnerState LEARNER =
      new LearnerState(new float[] {1, 2, 3}, new float[] {4}, 5, 6);
  private static final ReinforceSettings SETTINGS =
      ReinforceSettings.read(SettingsTree.load(List.of(), List.of()).section("reinforce"));

  private static PlayState state() {
    ReplayMemory memory = ReplayMemory.empty(10_000, 4);
    double[] cart = {0.1, -0.2, 1e-300, 1 / 3.0};
    return new PlayState(
        LEARNER,
        new float[] {-1, -2, -3},
        List.of(
            new PlayWorkerState(0, 30, new Episode(3, cart, 4, 4.5), memory.with(new float[33])),
            new PlayWorkerState(1, 30, new Episode(1, cart, 0, 0), memory)),
        List.of(new EpisodeRow(1, 2, 30, 4, 5.5, 0.25, true)),
        List.of(new EvaluationRow(EpisodeSet.VALIDATION, 6, 30, 20, 7.5, 1, 9)));
  }

  private static byte[] bytes(PlayState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PlayFile.write(state, bytes);
    return bytes.toByteArray();
  }

  @Test
  void readStateIsTheWrittenState() throws IOException {
    PlayState written = state();
    PlayState read = PlayFile.parse(bytes(written), LEARNER, SETTINGS);
    assertThat(read).usingRecursiveComparison().isEqualTo(written);
    assertThat(bytes(read)).isEqualTo(bytes(written));
  }

  @Test
  void damagedFileAndFileOfOtherWeightsAreRefused() throws IOException {
    byte[] file = bytes(state());
    LearnerState other = LEARNER.withWeights(new float[] {1, 2, 4});
    assertThatThrownBy(() -> PlayFile.parse(file, other, SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessage("it belongs to other weights");
    assertThatThrownBy(() -> PlayFile.parse(new byte[9], LEARNER, SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessage("its checksum is wrong");
    file[file.length / 2] ^= 1;
    assertThatThrownBy(() -> PlayFile.parse(file, LEARNER, SETTINGS))
        .isInstanceOf(IOException.class)
        .hasMessage("its checksum is wrong");
  }
}
