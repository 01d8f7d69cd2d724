package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.reinforce.environment.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Tests the replay memory on the driver and its copy that grows in a task. */
class ReplayMemoryTest {
  private static ReplayBuffer play(ReplayMemory memory, int capacity, int first, int count) {
    ReplayBuffer buffer = new ReplayBuffer(memory, capacity, count);
    for (int i = first; i < first + count; i++) {
      buffer.add(
          new float[] {i},
          i % 3,
          new Environment.Step(new double[0], 10 * i, i % 2 == 0),
          new float[] {i + 0.5f});
    }
    return buffer;
  }

  private static List<Float> observations(ReplayBuffer buffer) {
    List<Float> found = new ArrayList<>();
    float[] number = new float[1];
    for (int slot = 0; slot < buffer.size(); slot++) {
      buffer.observation(slot, number, 0);
      found.add(number[0]);
    }
    return found;
  }

  @Test
  void transitionsKeepTheirParts() {
    ReplayBuffer buffer = play(ReplayMemory.empty(4, 1), 4, 7, 2);
    float[] next = new float[1];
    buffer.nextObservation(1, next, 0);
    assertThat(next[0]).isEqualTo(8.5f);
    assertThat(buffer.action(1)).isEqualTo(2);
    assertThat(buffer.reward(1)).isEqualTo(80);
    assertThat(buffer.isTerminated(0)).isFalse();
    assertThat(buffer.isTerminated(1)).isTrue();
  }

  @Test
  void newTransitionsReplaceTheOldest() {
    ReplayBuffer buffer = play(ReplayMemory.empty(3, 1), 3, 0, 5);
    assertThat(buffer.size()).isEqualTo(3);
    assertThat(observations(buffer)).containsExactly(3f, 4f, 2f);
  }

  // The driver adds to its memory what tasks return, and the next task continues with that.
  @Property(tries = 200)
  void memoryAfterRoundsIsThatOfOneLongRound(
      @ForAll @IntRange(min = 1, max = 12) int capacity,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> rounds) {
    ReplayMemory memory = ReplayMemory.empty(capacity, 1);
    int steps = 0;
    for (int round : rounds) {
      memory = memory.with(play(memory, capacity, steps, round).fresh());
      steps += round;
    }
    ReplayMemory once = ReplayMemory.empty(capacity, 1);
    once = once.with(play(once, capacity, 0, steps).fresh());
    assertThat(memory.rows()).isEqualTo(once.rows());
    assertThat(memory.added()).isEqualTo(steps);
    assertThat(memory.size()).isEqualTo(Math.min(steps, capacity));
  }

  @Test
  void serialisationKeepsRowsAndPosition() throws IOException, ClassNotFoundException {
    ReplayMemory memory = ReplayMemory.empty(3, 1);
    memory = memory.with(play(memory, 3, 0, 4).fresh());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(memory);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ReplayMemory copy = (ReplayMemory) in.readObject();
      assertThat(copy.rows()).isEqualTo(memory.rows());
      assertThat(copy.added()).isEqualTo(4);
      assertThat(copy.with(play(copy, 3, 4, 1).fresh()).rows())
          .isEqualTo(memory.with(play(memory, 3, 4, 1).fresh()).rows());
    }
  }
}
