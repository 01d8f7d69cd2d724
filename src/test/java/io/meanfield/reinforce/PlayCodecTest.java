package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.network.LearnerState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  // Longer than one part, and no multiple of it.
  @Test
  void longMemoriesAreRead() throws IOException {
    float[] rows = new float[5 * 20_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    PlayWorkerState worker =
        new PlayWorkerState(
            0, 9, new Episode(1, new double[] {9}, 0, 0), ReplayMemory.empty(30_000, 1).with(rows));
    LearnerState learner = LEARNER.withWeights(rows);
    PlayState written = new PlayState(learner, rows, List.of(worker), List.of(), List.of());
    PlayState read = PlayCodec.parse(bytes(written), learner, new PlayCodec.ReplaySize(30_000, 1));
    assertThat(read.workers().get(0).memory().rows()).isEqualTo(rows);
    assertThat(read.target()).isEqualTo(rows);
  }

  /** Replaces the last 32 bytes by the checksum of those before them. */
  private static byte[] withSum(byte[] file) {
    int end = file.length - 32;
    byte[] summed = file.clone();
    System.arraycopy(DigestUtils.sha256(Arrays.copyOf(file, end)), 0, summed, end, 32);
    return summed;
  }

  /** The positions of the numbers of weights, workers, numbers of a state, and replayed numbers. */
  @ParameterizedTest
  @ValueSource(ints = {74, 90, 118, 146})
  void lengthsThatTheFileCannotHaveAreRefused(int position) {
    for (int length : List.of(-1, Integer.MAX_VALUE - 8, Integer.MIN_VALUE)) {
      byte[] file = bytes(state());
      ByteBuffer.wrap(file).putInt(position, length);
      assertThatThrownBy(() -> PlayCodec.parse(withSum(file), LEARNER, SIZE))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "it declares "
                  + length
                  + " elements, and "
                  + (file.length - 32 - 4 - position)
                  + " bytes follow");
    }
  }

  @Test
  void contentThatNoRunWritesIsRefused() {
    byte[] fewer = bytes(state());
    ByteBuffer.wrap(fewer).putLong(138, 1); // transitions that were added
    assertThatThrownBy(() -> PlayCodec.parse(withSum(fewer), LEARNER, SIZE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "its replay memory is impossible: expected 1 rows of 5 numbers, found 10 numbers");
    byte[] longer = Arrays.copyOf(bytes(state()), bytes(state()).length + 7);
    assertThatThrownBy(() -> PlayCodec.parse(withSum(longer), LEARNER, SIZE))
        .isInstanceOf(IOException.class)
        .hasMessage("it has 7 bytes too many");
    byte[] shorter = Arrays.copyOf(bytes(state()), 74 + 4 + 12 + 2 + 32);
    assertThatThrownBy(() -> PlayCodec.parse(withSum(shorter), LEARNER, SIZE))
        .isInstanceOf(IOException.class)
        .hasMessage("it ends too early");
    PlayState other = new PlayState(LEARNER, new float[2], state().workers(), List.of(), List.of());
    assertThatThrownBy(() -> PlayCodec.parse(bytes(other), LEARNER, SIZE))
        .isInstanceOf(IOException.class)
        .hasMessage("its target network has other lengths than its checkpoint");
  }

  @Test
  void wholeFileOfAnotherVersionIsNoDamage() {
    byte[] file = bytes(state());
    file[7] = 2; // the last byte of the version
    assertThatThrownBy(() -> PlayCodec.parse(withSum(file), LEARNER, SIZE))
        .isInstanceOf(PlayCodec.OtherVersion.class)
        .hasMessage("of version 2, expected 1");
  }
}
