package io.meanfield.network.keras;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.network.NetworkSettings;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.file.InputFile;
import io.meanfield.store.file.ZipReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The weights of a network as NumPy's {@code savez} writes arrays: a zip with an NPY file for each
 * array, in the order of Keras' {@code get_weights()}, under the names of {@link KerasArray#name}.
 */
public final class NpzFile {
  /** The suffix of the file's name. */
  public static final String SUFFIX = ".npz";

  private static final String ENTRY_SUFFIX = ".npy";
  // The entries beyond the network's arrays that are read, so that a message can name them.
  private static final int UNKNOWN_ENTRIES = 16;

  private final String name;
  private final NetworkSettings network;
  private final KerasLayout layout;

  private NpzFile(String name, NetworkSettings network) {
    this.name = name;
    this.network = network;
    this.layout = KerasLayout.of(network);
  }

  /** Writes the weights without closing {@code out}; equal weights give equal bytes. */
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
    ZipEntry entry = ZipReader.undated(name);
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
   * @return the flat weights, in the order of {@link io.meanfield.network.ParameterLayout}
   * @throws UserException if the file does not exist or cannot be read; if an array is missing,
   *     belongs to no layer or has another shape than in the network; if a number is not finite or
   *     a variance is negative
   */
  public static float[] read(Configuration hadoop, Path path, NetworkSettings network) {
    String name = HadoopPaths.display(path);
    try (InputStream in = InputFile.open(path.getFileSystem(hadoop), path)) {
      return read(in, name, network);
    } catch (FileNotFoundException e) {
      throw unusable(e, "the file of weights %s does not exist", name);
    } catch (IOException e) {
      throw unreadable(e, "cannot read the weights %s: %s", name, e.getMessage());
    }
  }

  /**
   * Reads weights as {@link #read(Configuration, Path, NetworkSettings)} does, and leaves {@code
   * in} open.
   *
   * @param name of the file, for messages
   */
  public static float[] read(InputStream in, String name, NetworkSettings network)
      throws IOException {
    NpzFile file = new NpzFile(name, network);
    try {
      return file.weights(file.named(file.arrays(in)));
    } catch (ZipReader.Unreadable e) {
      throw unreadable(e, "%s %s", name, e.getMessage());
    }
  }

  private Map<String, NumpyArray> arrays(InputStream in) throws IOException {
    Map<String, NumpyArray> arrays = new LinkedHashMap<>();
    ZipReader zip = new ZipReader(in, layout.arrays().size() + UNKNOWN_ENTRIES);
    long room = layout.size();
    for (Optional<String> entry = zip.next(); entry.isPresent(); entry = zip.next()) {
      String arrayName = Printable.text(entry.get().replaceFirst("\\.npy$", ""));
      NumpyArray array = array(arrayName, zip.content(), room);
      room = Math.max(0, room - array.values().length);
      arrays.put(arrayName, array);
    }
    if (arrays.isEmpty()) {
      throw unusable("%s is not a file of NumPy's savez: it holds no arrays", name);
    }
    return arrays;
  }

  /** Reads an array of at most {@code max} numbers: a damaged zip may expand to any number. */
  private NumpyArray array(String arrayName, InputStream content, long max) throws IOException {
    long limit = NpyFormat.MAX_HEADER + (long) Double.BYTES * max;
    byte[] bytes = content.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, limit));
    if (content.read() >= 0) {
      throw unusable(
          "%s: %s has too many numbers, expected at most %s, the weights of the whole network in"
              + " the settings",
          name, arrayName, layout.size());
    }
    try {
      return NpyFormat.read(bytes);
    } catch (NpyFormat.Unreadable e) {
      throw unreadable(e, "%s: %s %s", name, arrayName, e.getMessage());
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
        throw unusable(
            "%s holds %s; expected %s", name, NumpyArray.display(found), layout.display());
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
            ", but %s has no %s; it holds %s; expected %s"
                .formatted(name, array.name(), NumpyArray.display(found), layout.display()));
      }
      requireFit(array, numbers);
      array.put(numbers, weights);
    }
    requireNoUnknown(found);
    return weights;
  }

  private void requireFit(KerasArray array, NumpyArray numbers) {
    if (!numbers.shape().equals(array.shape())) {
      throw mismatch(
          array,
          ", so its %s is %s, but %s in %s is %s"
              .formatted(
                  array.kerasName(),
                  NumpyArray.tuple(array.shape()),
                  array.name(),
                  name,
                  NumpyArray.tuple(numbers.shape())));
    }
    for (double value : numbers.values()) {
      if (!array.accepts(value)) {
        throw unusable(
            "%s: %s has the number %s, expected %s",
            name, array.name(), value, array.valueRequirement());
      }
    }
  }

  private UserException mismatch(KerasArray array, String clause) {
    int layer = array.parameter().layer();
    String settings = network.layer(layer).display();
    return unusable("layer %s is %s in the settings%s", layer, settings, clause);
  }

  private void requireNoUnknown(Map<String, NumpyArray> found) {
    List<String> known = layout.arrays().stream().map(KerasArray::name).toList();
    found.keySet().stream()
        .filter(array -> !known.contains(array))
        .findFirst()
        .ifPresent(
            array -> {
              throw unusable(
                  "%s has an array %s that no layer of the settings has; expected %s",
                  name, array, layout.display());
            });
  }

  @FormatMethod
  private static UserException unusable(String format, Object... arguments) {
    return UserException.of(ErrorCode.MODEL_UNUSABLE, format, arguments);
  }

  @FormatMethod
  private static UserException unusable(Throwable cause, String format, Object... arguments) {
    return UserException.causedBy(cause, ErrorCode.MODEL_UNUSABLE, format, arguments);
  }

  @FormatMethod
  private static UserException unreadable(Throwable cause, String format, Object... arguments) {
    return UserException.causedBy(cause, ErrorCode.MODEL_UNREADABLE, format, arguments);
  }
}
