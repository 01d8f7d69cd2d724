package io.meanfield.engine.dl4j;

import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Model files that once crashed a process, filled its memory or were taken for valid models. */
final class HostileModels {
  static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(64),
          List.of(new Dense(90, Activation.RELU), new Dense(5, Activation.SOFTMAX)),
          Loss.CATEGORICAL_CROSSENTROPY,
          new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
  static final int WEIGHTS = 64 * 90 + 90 + 90 * 5 + 5;

  // The positions in an array of the shape [1, count].
  private static final int FIRST_DIMENSION = 46;
  private static final int SHAPE_COUNT = 48;
  private static final int COUNT = 114;
  private static final int NUMBERS = 129;

  private HostileModels() {}

  /** Returns a model with a state of the optimizer. */
  static Model model() {
    Model untrained = Model.untrained(NETWORK, 5);
    float[] moments = new float[2 * WEIGHTS];
    for (int i = 0; i < moments.length; i++) {
      moments[i] = i / 7f;
    }
    return untrained.with(new LearnerState(untrained.state().weights(), moments, 42, 3));
  }

  static byte[] validFile() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ModelFile.write(SavedModel.ofNumbers(model()), file);
    return file.toByteArray();
  }

  /** Returns files by what is wrong with them. */
  static Map<String, byte[]> files(int bombBytes) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("dimension", file(ModelFile.OPTIMIZER, HostileModels::withDimension));
    files.put("declared-25M", file(ModelFile.WEIGHTS, array -> declaring(array, 25_000_000)));
    files.put("declared-500M", file(ModelFile.WEIGHTS, array -> declaring(array, 500_000_000)));
    files.put("declared-negative", file(ModelFile.WEIGHTS, array -> declaring(array, -1)));
    files.put("ten-numbers", file(ModelFile.WEIGHTS, HostileModels::withTenNumbers));
    files.put("ten-numbers-of-a-row", file(ModelFile.WEIGHTS, HostileModels::declaringTen));
    files.put("nan", file(ModelFile.WEIGHTS, array -> withNumber(array, Float.NaN)));
    files.put("infinite", file(ModelFile.OPTIMIZER, array -> withNumber(array, 1f / 0)));
    for (String entry : List.of(ModelFile.WEIGHTS, ModelFile.CONFIGURATION, ModelFile.NETWORK)) {
      files.put("bomb-" + entry, bomb(entry, bombBytes));
    }
    return files;
  }

  /** Changes an entry. */
  interface Change {
    byte[] apply(byte[] entry);
  }

  static byte[] file(String entry, Change change) throws IOException {
    Map<String, byte[]> entries = ZipContent.of(validFile());
    entries.compute(entry, (name, content) -> change.apply(content));
    return ZipContent.file(entries);
  }

  private static byte[] withDimension(byte[] array) {
    array[FIRST_DIMENSION] = (byte) 0x80;
    return array;
  }

  static byte[] declaring(byte[] array, long count) {
    ByteBuffer.wrap(array).putLong(SHAPE_COUNT, count).putLong(COUNT, count);
    return array;
  }

  private static byte[] withTenNumbers(byte[] array) {
    return Arrays.copyOf(array, NUMBERS + 10 * Float.BYTES);
  }

  /** Returns an array whose shape is right, with ten numbers. */
  private static byte[] declaringTen(byte[] array) {
    return withTenNumbers(ByteBuffer.wrap(array).putLong(COUNT, 10).array());
  }

  private static byte[] withNumber(byte[] array, float number) {
    ByteBuffer.wrap(array).putFloat(NUMBERS + 7 * Float.BYTES, number);
    return array;
  }

  /** Returns a valid file with so many bytes after the content of an entry. */
  private static byte[] bomb(String bombEntry, int bytes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) ' ');
    try (ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : ZipContent.of(validFile()).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        for (int i = 0; entry.getKey().equals(bombEntry) && i < bytes >> 20; i++) {
          zip.write(block);
        }
        zip.closeEntry();
      }
    }
    return file.toByteArray();
  }
}
