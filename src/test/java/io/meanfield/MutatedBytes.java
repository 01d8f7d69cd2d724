package io.meanfield;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Random changes of the bytes of a file, whatever they mean. */
public final class MutatedBytes {
  // Headers are where sizes are, so every second number goes there.
  private static final int HEADER = 64;
  private static final int[] BOUNDARIES = {
    0, 1, -1, 255, 65_535, 1 << 24, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private MutatedBytes() {}

  /** Returns a file, which is not empty, with one to three changes. */
  public static byte[] of(byte[] content, Random random) {
    byte[] changed = content;
    for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
      changed = changed(changed, random);
    }
    return changed;
  }

  private static byte[] changed(byte[] content, Random random) {
    int at = random.nextInt(content.length);
    int end = at + random.nextInt(content.length - at) + 1;
    return switch (random.nextInt(6)) {
      case 0 ->
          overwritten(content, at, new byte[] {(byte) (content[at] ^ 1 << random.nextInt(8))});
      case 1 -> overwritten(content, position(content, random), number(random));
      case 2 -> joined(content, at, content, end); // deletes a range
      case 3 -> joined(content, end, content, at); // repeats a range
      case 4 -> joined(content, at, content, content.length); // cuts the rest
      default -> overwritten(content, at, bytes(random));
    };
  }

  private static int position(byte[] content, Random random) {
    return random.nextInt(random.nextBoolean() ? Math.min(HEADER, content.length) : content.length);
  }

  private static byte[] number(Random random) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int number = BOUNDARIES[random.nextInt(BOUNDARIES.length)];
    return ByteBuffer.allocate(Integer.BYTES).order(order).putInt(number).array();
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(32)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] overwritten(byte[] content, int at, byte[] bytes) {
    byte[] changed = content.clone();
    System.arraycopy(bytes, 0, changed, at, Math.min(bytes.length, changed.length - at));
    return changed;
  }

  private static byte[] joined(byte[] begin, int until, byte[] end, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(begin, 0, until);
    joined.write(end, from, end.length - from);
    return joined.toByteArray();
  }
}
