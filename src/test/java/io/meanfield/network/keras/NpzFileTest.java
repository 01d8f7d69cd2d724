package io.meanfield.network.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.MutatedBytes;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.keras.NumpyArray.Precision;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.hadoop.conf.Configuration;

class NpzFileTest {
  private static final NetworkSettings NETWORK =
      KerasNetworks.network(
          List.of(2),
          new Dense(3, Activation.RELU),
          new Dropout(0.1),
          new Dense(2, Activation.SOFTMAX));
  // In DL4J's layout: the columns of a kernel, then its biases.
  private static final float[] WEIGHTS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
  };

  private static final String ORDERED_FLOATS = "'descr': '<f4', 'fortran_order': False, ";

  private static Path folder;
  private static Path file;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("npz");
    file = folder.resolve("weights.npz");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(file);
    Files.delete(folder);
  }

  private static final String NO_ARRAY =
      ": b0 is not a NumPy array: expected \\x93NUMPY, a version and a whole header; maybe it is"
          + " truncated";
  private static final String EXPECTED_HEADER =
      " expected 'descr' with the type f4 or f8 (float32 or float64), 'fortran_order' and 'shape'";

  private static float[] read(NetworkSettings network) {
    return NpzFile.read(
        new Configuration(), new org.apache.hadoop.fs.Path(file.toString()), network);
  }

  private static void assertRefused(String message) {
    assertThatThrownBy(() -> read(NETWORK)).isInstanceOf(UserException.class).hasMessage(message);
  }

  /** Writes a zip of these arrays; compressed, as savez_compressed does it. */
  private static void write(Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
        zip.write(entry.getValue());
      }
    }
  }

  private static byte[] npy(List<Integer> shape, double... values) {
    return NpyFormat.write(new NumpyArray(Precision.SINGLE, shape, values));
  }

  /** Returns the arrays of {@link #NETWORK} under these names, in a mutable map. */
  private static Map<String, byte[]> arrays(String... names) {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put(names[0], npy(List.of(2, 3), 1, 3, 5, 2, 4, 6));
    arrays.put(names[1], npy(List.of(3), 7, 8, 9));
    arrays.put(names[2], npy(List.of(3, 2), 10, 13, 11, 14, 12, 15));
    arrays.put(names[3], npy(List.of(2), 16, 17));
    return arrays;
  }

  @Property(tries = 40)
  void readWeightsAreBitIdenticalToTheWrittenOnes(
      @ForAll @IntRange(max = 4) int number,
      @ForAll @IntRange(min = 1, max = 2) int members,
      @ForAll long seed)
      throws IOException {
    NetworkSettings network = KerasNetworks.ALL.get(number).withMembers(members);
    float[] weights = KerasNetworks.weights(network, new Random(seed));
    try (OutputStream out = Files.newOutputStream(file)) {
      NpzFile.write(network, weights, out);
    }
    assertThat(read(network)).isEqualTo(weights);
  }

  /** Half of the files have changes before an array is compressed, so its checksum is right. */
  @Property(tries = 120)
  void mutatedFileIsReadWholeOrRefusedWithASentenceThatNamesIt(
      @ForAll long seed, @ForAll boolean inArray) throws IOException {
    Random random = new Random(seed);
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    if (inArray) {
      String name = List.copyOf(arrays.keySet()).get(random.nextInt(arrays.size()));
      arrays.computeIfPresent(name, (found, array) -> MutatedBytes.of(array, random));
    }
    write(arrays);
    if (!inArray) {
      Files.write(file, MutatedBytes.of(Files.readAllBytes(file), random));
    }
    float[] weights;
    try {
      weights = read(NETWORK);
    } catch (UserException refused) {
      assertThat(refused).hasMessageContaining(file.toString());
      return;
    }
    assertThat(weights).hasSize(WEIGHTS.length);
    for (float weight : weights) {
      assertThat(weight).isFinite();
    }
  }

  @Example
  void arraysAreNamedByKindAndLayerInTheOrderOfGetWeights() {
    assertThat(KerasLayout.of(KerasNetworks.IMAGE).arrays())
        .extracting(array -> array.name() + " " + NumpyArray.tuple(array.shape()))
        .containsExactly(
            "W0 (3, 2, 2, 4)",
            "b0 (4,)",
            "gamma2 (4,)",
            "beta2 (4,)",
            "mean2 (4,)",
            "variance2 (4,)",
            "W3 (3, 3, 4, 3)",
            "b3 (3,)",
            "gamma7 (12,)",
            "beta7 (12,)",
            "mean7 (12,)",
            "variance7 (12,)",
            "W8 (12, 3)",
            "b8 (3,)");
    assertThat(KerasLayout.of(KerasNetworks.SEQUENCE).arrays())
        .extracting(array -> array.name() + " " + NumpyArray.tuple(array.shape()))
        .startsWith("W0 (5, 16)", "R0 (4, 16)", "b0 (16,)", "W1 (4, 7)", "R1 (7, 7)", "b1 (7,)");
  }

  @Example
  void writtenFileHasNumpysHeaderAndLittleEndianNumbers() {
    byte[] npy = npy(List.of(2, 3), 1, 3, 5, 2, 4, 6);
    assertThat(npy).hasSize(128 + 6 * Float.BYTES);
    assertThat(Arrays.copyOf(npy, 10))
        .isEqualTo(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
    assertThat(new String(npy, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } ")
        .endsWith(" \n");
    assertThat(Arrays.copyOfRange(npy, 128, 136))
        .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0x40, 0x40});
  }

  @Example
  void unnamedArraysAreReadInTheOrderOfGetWeights() throws IOException {
    write(arrays("arr_0", "arr_1", "arr_2", "arr_3"));
    assertThat(read(NETWORK)).isEqualTo(WEIGHTS);
  }

  @Example
  void bigEndianArrayOfVersion2InFortranOrderIsRead() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    arrays.put(
        "W0",
        npyVersion2("'descr': '>f8', 'fortran_order': True, 'shape': (2, 3)", 1, 2, 3, 4, 5, 6));
    write(arrays);
    assertThat(read(NETWORK)).isEqualTo(WEIGHTS);
  }

  /** Returns an NPY file of version 2 with big-endian numbers. */
  private static byte[] npyVersion2(String header, double... values) {
    byte[] text = ("{" + header + "}\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = ByteBuffer.allocate(12 + text.length + values.length * Double.BYTES);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) text.length, 0, 0, 0});
    out.put(text);
    Arrays.stream(values).forEach(out::putDouble);
    return out.array();
  }

  @Example
  void firstLayerThatDiffersIsNamed() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    arrays.put("W2", npy(List.of(3, 4), new double[12]));
    arrays.put("b2", npy(List.of(4), new double[4]));
    write(arrays);
    assertRefused(
        "layer 2 is dense = 2, activation = softmax in the settings, so its kernel is (3, 2), but"
            + " W2 in "
            + file
            + " is (3, 4)");
    arrays.remove("b0");
    write(arrays);
    assertRefused(
        "layer 0 is dense = 3, activation = relu in the settings, but "
            + file
            + " has no b0; it holds W0 (2, 3), W2 (3, 4), b2 (4,); expected W0 (2, 3), b0 (3,), W2"
            + " (3, 2), b2 (2,)");
  }

  @Example
  void missingAndUnknownArraysAreRefused() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    arrays.put("W3", npy(List.of(1), 1));
    write(arrays);
    assertRefused(
        file
            + " has an array W3 that no layer of the settings has; expected W0 (2, 3), b0 (3,), W2"
            + " (3, 2), b2 (2,)");
    arrays = arrays("arr_0", "arr_1", "arr_2", "arr_3");
    arrays.remove("arr_3");
    write(arrays);
    assertRefused(
        file
            + " holds arr_0 (2, 3), arr_1 (3,), arr_2 (3, 2); expected W0 (2, 3), b0 (3,), W2 (3,"
            + " 2), b2 (2,)");
  }

  @Example
  void nonFiniteNumbersAndIntegersAreRefused() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    arrays.put("b0", npy(List.of(3), 1, Double.NaN, 2));
    write(arrays);
    assertRefused(file + ": b0 has the number NaN, expected finite float32 numbers");
    arrays.put("b0", npyVersion2("'descr': '<i8', 'fortran_order': False, 'shape': (3,)", 1, 2, 3));
    write(arrays);
    assertRefused(
        file
            + ": b0 has the header {'descr': '<i8', 'fortran_order': False, 'shape': (3,)},"
            + EXPECTED_HEADER);
  }

  @Example
  void damagedFilesAreRefused() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    arrays.put("b0", Arrays.copyOf(arrays.get("b0"), 128 + 7));
    write(arrays);
    assertRefused(file + ": b0 has 7 bytes of numbers, expected 12 for its shape (3,)");
    arrays.put("b0", "hello".getBytes(StandardCharsets.US_ASCII));
    write(arrays);
    assertRefused(file + NO_ARRAY);
    arrays.put("b0", npy(List.of(30_000), new double[30_000]));
    write(arrays);
    assertRefused(
        file
            + ": b0 has too many numbers, expected at most 17, the weights of the whole network in"
            + " the settings");
    write(arrays("W0", "b0", "W2", "b2"));
    byte[] complete = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(complete, complete.length / 3));
    assertRefused(file + " is a damaged zip file; copy or write it again");
    Files.writeString(file, "not a zip");
    assertRefused(file + " is not a file of NumPy's savez: it holds no arrays");
    Files.delete(file);
    assertRefused("the file of weights " + file + " does not exist");
    Files.createDirectory(file);
    assertRefused(
        "cannot read the weights " + file + ": expected a file, found a directory; check the path");
    Files.delete(file);
  }

  @Example
  void damagedHeadersAreRefused() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    byte[] complete = arrays.get("b0");
    arrays.put("b0", Arrays.copyOf(complete, 60));
    write(arrays);
    assertRefused(file + NO_ARRAY);
    arrays.put("b0", npyVersion2("'descr': [('x', '<f4')], 'shape': (3,)"));
    write(arrays);
    assertRefused(
        file + ": b0 has the header {'descr': [('x', '<f4')], 'shape': (3,)}," + EXPECTED_HEADER);
    arrays.put("b0", npyVersion2("'descr': '<f4', 'fortran_order': False, 'shape': (3000000000,)"));
    write(arrays);
    assertRefused(
        file
            + ": b0 has the header {'descr': '<f4', 'fortran_order': False, 'shape':"
            + " (3000000000,)},"
            + EXPECTED_HEADER);
    arrays.put("b0", npyVersion2(ORDERED_FLOATS + "'shape': (65536, 65536, 65536, 65536)"));
    write(arrays);
    assertRefused(
        file
            + ": b0 has 0 bytes of numbers, expected 73786976294838206464 for its shape (65536,"
            + " 65536, 65536, 65536)");
    arrays.put("b0", npyVersion2(ORDERED_FLOATS + "'shape': (3,), 'shape': (4,)"));
    write(arrays);
    assertRefused(
        file
            + ": b0 has the header {"
            + ORDERED_FLOATS
            + "'shape': (3,), 'shape': (4,)},"
            + EXPECTED_HEADER);
  }

  @Example
  void arraysTogetherAreBoundedByTheNetwork() throws IOException {
    NetworkSettings wide = KerasNetworks.network(List.of(100), new Dense(200, Activation.LINEAR));
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("W0", npy(List.of(100, 200), new double[20_000]));
    arrays.put("b0", npy(List.of(200), new double[200]));
    arrays.put("X", npy(List.of(20_000), new double[20_000]));
    write(arrays);
    assertThatThrownBy(() -> read(wide))
        .hasMessage(
            file
                + ": X has too many numbers, expected at most 20200, the weights of the whole"
                + " network in the settings");
  }

  @Example
  void arrayWithTrailingBytesIsRefused() throws IOException {
    Map<String, byte[]> arrays = arrays("W0", "b0", "W2", "b2");
    arrays.put("b0", Arrays.copyOf(arrays.get("b0"), 128 + 13));
    write(arrays);
    assertRefused(file + ": b0 has 13 bytes of numbers, expected 12 for its shape (3,)");
  }
}
