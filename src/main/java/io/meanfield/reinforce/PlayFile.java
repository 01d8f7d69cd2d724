package io.meanfield.reinforce;

import io.meanfield.json.Json;
import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The file of an epoch of play: a head in JSON, the weights of the target network, the rows of each
 * replay memory, and the SHA-256 of all that. Lengths are 32-bit integers, numbers 32-bit floats,
 * big-endian.
 */
final class PlayFile {
  private static final int SUM_BYTES = 32;
  private static final int PART = 1 << 14; // numbers

  private PlayFile() {}

  /** What a worker carries besides the rows of its replay memory. */
  private record Worker(long steps, Episode episode, long added) {}

  private record Head(
      String weightsSha256,
      List<Worker> workers,
      List<EpisodeRow> episodes,
      List<EvaluationRow> evaluations) {
    static Head of(PlayState state) {
      return new Head(
          state.learner().weightsSha256(),
          state.workers().stream()
              .map(each -> new Worker(each.steps(), each.episode(), each.memory().added()))
              .toList(),
          state.episodes(),
          state.evaluations());
    }
  }

  /** Writes all of a state but its learner. */
  static void write(PlayState state, OutputStream file) throws IOException {
    MessageDigest sum = DigestUtils.getSha256Digest();
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(file, sum)));
    byte[] head = Json.bytes(Head.of(state));
    out.writeInt(head.length);
    out.write(head);
    write(state.target(), out);
    for (PlayWorkerState worker : state.workers()) {
      write(worker.memory().rows(), out);
    }
    out.flush();
    file.write(sum.digest());
  }

  private static void write(float[] numbers, DataOutputStream out) throws IOException {
    out.writeInt(numbers.length);
    ByteBuffer part = ByteBuffer.allocate(PART * Float.BYTES);
    for (int i = 0; i < numbers.length; i += PART) {
      int count = Math.min(PART, numbers.length - i);
      part.asFloatBuffer().put(numbers, i, count);
      out.write(part.array(), 0, count * Float.BYTES);
    }
  }

  /**
   * Returns the state that a file completes.
   *
   * @param learner from the checkpoint of the same epoch
   * @param settings of the run
   * @throws IOException if the file is damaged or belongs to another checkpoint
   */
  static PlayState parse(byte[] file, LearnerState learner, ReinforceSettings settings)
      throws IOException {
    int end = file.length - SUM_BYTES;
    MessageDigest sum = DigestUtils.getSha256Digest();
    sum.update(file, 0, Math.max(0, end));
    if (end < 0
        || !MessageDigest.isEqual(sum.digest(), Arrays.copyOfRange(file, end, file.length))) {
      throw new IOException("its checksum is wrong");
    }
    ByteBuffer in = ByteBuffer.wrap(file);
    byte[] json = new byte[in.getInt()];
    in.get(json);
    Head head = Json.parse(json, Head.class);
    if (!head.weightsSha256().equals(learner.weightsSha256())) {
      throw new IOException("it belongs to other weights");
    }
    float[] target = floats(in);
    List<PlayWorkerState> workers = new ArrayList<>();
    for (Worker worker : head.workers()) {
      ReplayMemory memory =
          new ReplayMemory(
              settings.learning().bufferSize(),
              settings.environment().observationSize(),
              worker.added(),
              floats(in));
      workers.add(new PlayWorkerState(workers.size(), worker.steps(), worker.episode(), memory));
    }
    return new PlayState(learner, target, workers, head.episodes(), head.evaluations());
  }

  private static float[] floats(ByteBuffer in) {
    float[] numbers = new float[in.getInt()];
    in.asFloatBuffer().get(numbers);
    in.position(in.position() + numbers.length * Float.BYTES);
    return numbers;
  }
}
