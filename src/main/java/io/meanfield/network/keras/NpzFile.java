package io.meanfield.network.keras;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.NetworkSettings;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.UndatedZip;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The weights of a network as NumPy's {@code savez} writes arrays: a zip with an NPY file for each,
 * in the order of Keras' {@code get_weights()}, under the names of {@link KerasArray#name}.
 */
public final class NpzFile {
  /** The suffix of the file's name. */
  public static final String SUFFIX = ".npz";

  private static final String ENTRY_SUFFIX = ".npy";

  private final String name;
  private final NetworkSettings network;
  private final KerasLayout layout;

  private NpzFile(String name, NetworkSettings network) {
    this.name = name;
    this.network = network;
    this.layout = KerasLayout.of(network);
  }

  /** Writes the weights; equal weights give equal bytes. */
  public static void write(NetworkSettings network, float[] weights, OutputStream out)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    for (KerasArray array : KerasLayout.of(network).arrays()) {
      put(zip, array.name() + ENTRY_SUFFIX, NpyFormat.write(array.of(weights)));
    }
    zip.finish();
  }

  // Stored uncompressed, as NumPy's savez does: some readers of .npz files cannot decompress.
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = UndatedZip.entry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * Reads weights for a network. The arrays have the names that {@link #write} gives them or,
   * without names, NumPy's arr_0, arr_1, … in the order of {@code get_weights()}; float32 or
   * float64, compressed or not.
   *
   * @throws UserException if the file does not exist or its arrays do not fit the network; names
   *     the first layer that differs
   */
  public static float[] read(Configuration hadoop, Path path, NetworkSettings network) {
    NpzFile file = new NpzFile(HadoopPaths.display(path), network);
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return file.weights(file.named(file.arrays(in)));
    } catch (FileNotFoundException e) {
      throw unusable("there are no weights in " + file.name, e);
    } catch (ZipException e) {
      throw unusable(file.name + " is not a readable zip: " + e.getMessage(), e);
    } catch (IOException e) {
      throw unusable("cannot read the weights " + file.name + ": " + e.getMessage(), e);
    }
  }

  private Map<String, NumpyArray> arrays(InputStream in) throws IOException {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String array = entry.getName().replaceFirst("\\.npy$", "");
      arrays.put(array, array(array, zip));
    }
    if (arrays.isEmpty()) {
      throw unusable(name + " is not a file of NumPy's savez: it holds no arrays", null);
    }
    return arrays;
  }

  // The limit is the size of the whole network: a damaged zip may expand to any number of bytes.
  private NumpyArray array(String array, ZipInputStream zip) throws IOException {
    long limit = NpyFormat.MAX_HEADER + (long) Double.BYTES * layout.size();
    byte[] bytes = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit));
    if (zip.read() >= 0) {
      throw unusable(
          name
              + ": "
              + array
              + " has more numbers than the whole network of the settings, "
              + layout.size(),
          null);
    }
    try {
      return NpyFormat.read(bytes);
    } catch (NpyFormat.Unreadable e) {
      throw unusable(name + ": " + array + " " + e.getMessage(), e);
    }
  }

  /** Returns the arrays by the names of {@link KerasArray#name}; renames arr_0, arr_1, …. */
  private Map<String, NumpyArray> named(Map<String, NumpyArray> found) {
    if (!found.keySet().stream().allMatch(array -> array.matches("arr_[0-9]+"))) {
      return found;
    }
    List<KerasArray> expected = layout.arrays();
    Map<String, NumpyArray> named = new LinkedHashMap<>();
    for (int i = 0; i < found.size(); i++) {
      NumpyArray array = found.get("arr_" + i);
      if (array == null || found.size() != expected.size()) {
        throw unusable(name + " holds " + display(found) + "; expected " + expected(), null);
      }
      named.put(expected.get(i).name(), array);
    }
    return named;
  }

  private float[] weights(Map<String, NumpyArray> found) {
    float[] weights = new float[layout.size()];
    for (KerasArray array : layout.arrays()) {
      NumpyArray numbers = found.get(array.name());
      if (numbers == null) {
        throw mismatch(
            array,
            ", but "
                + name
                + " has no "
                + array.name()
                + "; it holds "
                + display(found)
                + "; expected "
                + expected());
      }
      requireFit(array, numbers);
      array.put(numbers, weights);
    }
    requireNoOthers(found);
    return weights;
  }

  private void requireFit(KerasArray array, NumpyArray numbers) {
    if (!numbers.shape().equals(array.shape())) {
      throw mismatch(
          array,
          ", so its "
              + array.kerasName()
              + " is "
              + NumpyArray.tuple(array.shape())
              + ", but "
              + array.name()
              + " in "
              + name
              + " is "
              + NumpyArray.tuple(numbers.shape()));
    }
    for (double value : numbers.values()) {
      if (!array.accepts(value)) {
        throw unusable(
            name
                + ": "
                + array.name()
                + " has the number "
                + value
                + ", expected "
                + array.valueRequirement(),
            null);
      }
    }
  }

  private UserException mismatch(KerasArray array, String rest) {
    int layer = array.parameter().layer();
    String words = network.layers().get(layer).display();
    return unusable("layer " + layer + " is " + words + " in the settings" + rest, null);
  }

  private void requireNoOthers(Map<String, NumpyArray> found) {
    List<String> known = layout.arrays().stream().map(KerasArray::name).toList();
    found.keySet().stream()
        .filter(array -> !known.contains(array))
        .findFirst()
        .ifPresent(
            array -> {
              throw unusable(
                  name
                      + " has an array "
                      + array
                      + " that no layer of the settings has; expected "
                      + expected(),
                  null);
            });
  }

  private static String display(Map<String, NumpyArray> arrays) {
    return arrays.entrySet().stream()
        .map(array -> array.getKey() + " " + NumpyArray.tuple(array.getValue().shape()))
        .collect(Collectors.joining(", "));
  }

  private String expected() {
    return layout.arrays().stream()
        .map(array -> array.name() + " " + NumpyArray.tuple(array.shape()))
        .collect(Collectors.joining(", "));
  }

  private static UserException unusable(String message, Throwable cause) {
    return new UserException(ErrorCode.MODEL_UNUSABLE, message, cause);
  }
}
