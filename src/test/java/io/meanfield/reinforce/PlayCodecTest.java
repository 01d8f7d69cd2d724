package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import io.meanfield.reinforce.environment.EpisodeSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Tests the file with target network, replay memories and episodes. */
class PlayCodecTest {
  private static final LearnerState LEARNER =
      new LearnerState(new float[] {1, 2, 3}, new float[] {4}, 5, 6);
  private static final PlayCodec.ReplaySize SIZE = new PlayCodec.ReplaySize(2, 1);

  private static PlayState state() {
    ReplayMemory memory = ReplayMemory.empty(2, 1).with(new float[15]);
    float[] row = {0.5f, 1, 10, 0, 0.7f};
    return new PlayState(
        LEARNER,
        new float[] {-1, -2, -3},
        List.of(
            new PlayWorkerState(0, 30, new Episode(3, new double[] {0.1, 0.2}, 4, 4.5), memory),
            new PlayWorkerState(
                1, 30, new Episode(1, new double[] {9}, 0, 0), ReplayMemory.empty(2, 1).with(row))),
        List.of(new EpisodeRow(1, 2, 30, 4, 5.5, 0.25, true)),
        List.of(new EvaluationRow(EpisodeSet.VALIDATION, 6, 30, 20, 7.5, 1, 9)));
  }

  private static byte[] bytes(PlayState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PlayCodec.write(state, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void readStateIsTheWrittenState() throws IOException {
    PlayState written = state();
    PlayState read = PlayCodec.parse(bytes(written), LEARNER, SIZE);
    assertThat(read.learner()).isSameAs(LEARNER);
    assertThat(read.target()).isEqualTo(written.target());
    assertThat(read.episodes()).isEqualTo(written.episodes());
    assertThat(read.evaluations()).isEqualTo(written.evaluations());
    assertThat(read.workers()).usingRecursiveComparison().isEqualTo(written.workers());
    assertThat(bytes(read)).isEqualTo(bytes(written));
  }

  @Property(tries = 200)
  void everyChangedByteIsFound(@ForAll @IntRange(max = 100_000) int position) {
    byte[] file = bytes(state());
    file[position % file.length] ^= 1;
    assertThatThrownBy(() -> PlayCodec.parse(file, LEARNER, SIZE))
        .isInstanceOf(IOException.class)
        .hasMessage("its checksum is wrong");
  }

  @Test
  void fileOfOtherWeightsIsRefused() {
    LearnerState other = LEARNER.withWeights(new float[] {1, 2, 4});
    assertThatThrownBy(() -> PlayCodec.parse(bytes(state()), other, SIZE))
        .hasMessage("it belongs to other weights");
    assertThatThrownBy(() -> PlayCodec.parse(new byte[9], LEARNER, SIZE))
        .hasMessage("its checksum is wrong");
  }
}
