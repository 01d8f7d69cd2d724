package io.meanfield.kernels;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The environment variables of this process as native libraries see them. Java has no function that
 * sets one. POSIX lets a program replace the array {@code environ}, so no further native library is
 * needed.
 */
final class ProcessEnvironment {
  private ProcessEnvironment() {}

  /** Sets variables; the other variables stay. */
  static void set(Map<String, String> variables) {
    PointerPointer<BytePointer> environ =
        new PointerPointer<>(NativeSymbols.address("environ").orElseThrow());
    List<Pointer> entries = new ArrayList<>();
    for (BytePointer entry : entries(environ)) {
      if (!variables.containsKey(name(entry.getString(StandardCharsets.UTF_8)))) {
        entries.add(entry);
      }
    }
    variables.forEach((name, value) -> entries.add(entry(name + "=" + value)));
    environ.put(0, array(entries));
  }

  private static List<BytePointer> entries(PointerPointer<BytePointer> environ) {
    PointerPointer<BytePointer> array = new PointerPointer<>(environ.get(0));
    List<BytePointer> entries = new ArrayList<>();
    for (int i = 0; array.get(i) != null; i++) {
      entries.add(array.get(BytePointer.class, i));
    }
    return entries;
  }

  private static String name(String entry) {
    int end = entry.indexOf('=');
    return end < 0 ? entry : entry.substring(0, end);
  }

  // Memory of malloc, which nothing frees: a library may read the environment at any time.
  private static Pointer entry(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BytePointer memory = new BytePointer(Pointer.malloc(bytes.length + 1L));
    memory.put(bytes, 0, bytes.length);
    return memory.put(bytes.length, (byte) 0);
  }

  private static Pointer array(List<Pointer> entries) {
    PointerPointer<Pointer> memory =
        new PointerPointer<>(Pointer.malloc((entries.size() + 1L) * Long.BYTES));
    for (int i = 0; i < entries.size(); i++) {
      memory.put(i, entries.get(i));
    }
    return memory.put(entries.size(), (Pointer) null);
  }
}
