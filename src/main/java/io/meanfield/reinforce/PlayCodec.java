package io.meanfield.reinforce;

import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Episode;
import io.meanfield.reinforce.environment.EpisodeRow;
import io.meanfield.reinforce.environment.EpisodeSet;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
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
 * Converts everything of a {@link PlayState} but the learner to bytes and back: magic "MFPL",
 * version, the checksum of the learner's weights, the target network, the workers with their replay
 * memories, the episodes and the evaluations; at the end the SHA-256 of all of this.
 */
final class PlayCodec {
  private static final int MAGIC = 0x4d46504c;
  private static final int VERSION = 1;
  private static final int SUM_BYTES = 32;
  private static final String NOT_FINITE = "it has numbers that are not finite";
  // Numbers that are converted at a time, so that no array has all bytes of a replay memory.
  private static final int PART = 1 << 14;

  private static final int WORKER_BYTES = 4 * Integer.BYTES + 2 * Long.BYTES + Double.BYTES;
  private static final int EPISODE_BYTES = 3 * Integer.BYTES + Long.BYTES + 2 * Double.BYTES + 1;
  private static final int EVALUATION_BYTES = 2 * Integer.BYTES + Long.BYTES + 3 * Double.BYTES;

  private PlayCodec() {}

  /** The file is whole, and of a version that this code does not read. */
  static final class OtherVersion extends IOException {
    private static final long serialVersionUID = 1L;

    OtherVersion(int version) {
      super("of version " + version + ", expected " + VERSION);
    }
  }

  /** Writes a file, and leaves {@code file} open. */
  static void write(PlayState state, OutputStream file) throws IOException {
    MessageDigest sum = DigestUtils.getSha256Digest();
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(file, sum)));
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    out.writeUTF(state.learner().weightsSha256());
    write(state.target(), out);
    out.writeInt(state.workers().size());
    for (PlayWorkerState worker : state.workers()) {
      write(worker, out);
    }
    out.writeInt(state.episodes().size());
    for (EpisodeRow row : state.episodes()) {
      write(row, out);
    }
    out.writeInt(state.evaluations().size());
    for (EvaluationRow row : state.evaluations()) {
      write(row, out);
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

  private static void write(PlayWorkerState worker, DataOutputStream out) throws IOException {
    out.writeLong(worker.steps());
    Episode episode = worker.episode();
    out.writeInt(episode.number());
    out.writeInt(episode.steps());
    out.writeDouble(episode.rewards());
    out.writeInt(episode.state().length);
    for (double number : episode.state()) {
      out.writeDouble(number);
    }
    out.writeLong(worker.memory().added());
    write(worker.memory().rows(), out);
  }

  private static void write(EpisodeRow row, DataOutputStream out) throws IOException {
    out.writeInt(row.worker());
    out.writeInt(row.episode());
    out.writeLong(row.workerStep());
    out.writeInt(row.steps());
    out.writeDouble(row.rewards());
    out.writeDouble(row.epsilon());
    out.writeBoolean(row.truncated());
  }

  private static void write(EvaluationRow row, DataOutputStream out) throws IOException {
    out.writeInt(row.epoch());
    out.writeLong(row.steps());
    out.writeInt(row.episodes());
    out.writeDouble(row.mean());
    out.writeDouble(row.least());
    out.writeDouble(row.most());
  }

  /**
   * Returns the state of a file.
   *
   * @param learner the learner of the same epoch
   * @throws OtherVersion if the file is whole, and of another version
   * @throws IOException if the file is damaged or belongs to another learner; the message, such as
   *     "its checksum is wrong", follows a colon
   */
  static PlayState parse(byte[] file, LearnerState learner, ReplaySize size) throws IOException {
    int end = file.length - SUM_BYTES;
    MessageDigest sum = DigestUtils.getSha256Digest();
    sum.update(file, 0, Math.max(0, end));
    if (end < 0
        || !MessageDigest.isEqual(sum.digest(), Arrays.copyOfRange(file, end, file.length))) {
      throw new IOException("its checksum is wrong");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, 0, end))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("it is no file of a run of play");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new OtherVersion(version);
      }
      if (!in.readUTF().equals(learner.weightsSha256())) {
        throw new IOException("it belongs to other weights");
      }
      return read(in, learner, size);
    } catch (EOFException e) {
      throw new IOException("it ends too early", e);
    }
  }

  /**
   * The size of the replay memories.
   *
   * @param capacity transitions of each
   * @param observations numbers in an observation
   */
  record ReplaySize(int capacity, int observations) {}

  private static PlayState read(DataInputStream in, LearnerState learner, ReplaySize size)
      throws IOException {
    float[] target = floats(in);
    if (target.length != learner.weights().length) {
      throw new IOException("its target network has other lengths than its checkpoint");
    }
    List<PlayWorkerState> workers = new ArrayList<>();
    for (int worker = 0, count = length(in, WORKER_BYTES); worker < count; worker++) {
      workers.add(worker(worker, in, size));
    }
    List<EpisodeRow> episodes = new ArrayList<>();
    for (int i = 0, count = length(in, EPISODE_BYTES); i < count; i++) {
      episodes.add(
          new EpisodeRow(
              in.readInt(),
              in.readInt(),
              in.readLong(),
              in.readInt(),
              number(in),
              number(in),
              in.readBoolean()));
    }
    List<EvaluationRow> evaluations = new ArrayList<>();
    for (int i = 0, count = length(in, EVALUATION_BYTES); i < count; i++) {
      evaluations.add(
          new EvaluationRow(
              EpisodeSet.VALIDATION,
              in.readInt(),
              in.readLong(),
              in.readInt(),
              number(in),
              number(in),
              number(in)));
    }
    if (in.available() > 0) {
      throw new IOException("it has " + in.available() + " bytes too many");
    }
    return new PlayState(learner, target, workers, episodes, evaluations);
  }

  private static PlayWorkerState worker(int index, DataInputStream in, ReplaySize size)
      throws IOException {
    long steps = in.readLong();
    int number = in.readInt();
    int episodeSteps = in.readInt();
    double rewards = number(in);
    double[] state = new double[length(in, Double.BYTES)];
    for (int i = 0; i < state.length; i++) {
      state[i] = number(in);
    }
    if (steps < 0 || number < 1 || episodeSteps < 0) {
      throw new IOException(
          "a worker has made "
              + steps
              + " steps, and is in step "
              + episodeSteps
              + " of episode "
              + number);
    }
    return new PlayWorkerState(
        index, steps, new Episode(number, state, episodeSteps, rewards), memory(in, size));
  }

  private static ReplayMemory memory(DataInputStream in, ReplaySize size) throws IOException {
    long added = in.readLong();
    float[] rows = floats(in);
    try {
      return ReplayMemory.of(size.capacity(), size.observations(), added, rows);
    } catch (IllegalArgumentException e) {
      throw new IOException("its replay memory is impossible: " + e.getMessage(), e);
    }
  }

  /**
   * Reads how many elements follow.
   *
   * @param bytes that each of them has at least
   * @throws IOException if the rest of the file has fewer bytes
   */
  private static int length(DataInputStream in, int bytes) throws IOException {
    int length = in.readInt();
    if (length < 0 || (long) length * bytes > in.available()) {
      throw new IOException(
          "it declares " + length + " elements, and " + in.available() + " bytes follow");
    }
    return length;
  }

  private static double number(DataInputStream in) throws IOException {
    double number = in.readDouble();
    if (!Double.isFinite(number)) {
      throw new IOException(NOT_FINITE);
    }
    return number;
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] numbers = new float[length(in, Float.BYTES)];
    ByteBuffer part = ByteBuffer.allocate(PART * Float.BYTES);
    for (int i = 0; i < numbers.length; i += PART) {
      int count = Math.min(PART, numbers.length - i);
      in.readFully(part.array(), 0, count * Float.BYTES);
      part.asFloatBuffer().get(numbers, i, count);
    }
    if (!LearnerState.isFinite(numbers)) {
      throw new IOException(NOT_FINITE);
    }
    return numbers;
  }
}
