package io.meanfield.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A change of the bytes of a file, whatever they mean. */
enum BinaryMutation implements Mutation {
  FLIP_BIT {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      byte[] changed = content.clone();
      if (changed.length > 0) {
        changed[draws.below(changed.length)] ^= (byte) (1 << draws.below(8));
      }
      return changed;
    }
  },
  SET_BYTE {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      return overwrite(
          content, new byte[] {(byte) (int) draws.one(List.of(0, 1, 127, 128, 255))}, draws);
    }
  },
  DELETE_RANGE {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      int begin = draws.below(content.length);
      return Bytes.replace(content, begin, begin + length(content, draws), new byte[0]);
    }
  },
  DUPLICATE_RANGE {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      int begin = draws.below(content.length);
      byte[] range = Bytes.until(Bytes.from(content, begin), length(content, draws));
      byte[] copies = Bytes.repeat(range, draws.one(List.of(1, 1, 1, 1 << 12, 1 << 16)));
      return Bytes.replace(content, begin, begin, copies);
    }
  },
  INSERT_RANDOM {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      int at = draws.below(content.length + 1);
      return Bytes.replace(content, at, at, draws.bytes(1 + draws.below(64)));
    }
  },
  TRUNCATE {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      return Bytes.until(content, draws.below(content.length));
    }
  },
  SWAP_BLOCKS {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      int first = draws.below(content.length);
      int second = first + draws.below(content.length - first);
      int end = second + draws.below(content.length - second);
      return Bytes.join(
          Bytes.until(content, first),
          Bytes.until(Bytes.from(content, second), end - second),
          Bytes.until(Bytes.from(content, first), second - first),
          Bytes.from(content, end));
    }
  },
  /** Writes a number at which a size or an index overflows, in either byte order. */
  BOUNDARY_NUMBER {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
      number.order(draws.one(List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)));
      if (draws.below(3) > 0) {
        number.putInt(draws.one(List.of(0, 1, -1, 255, 65_535, 1 << 24, 1 << 30, MAX, -MAX - 1)));
      } else {
        number.putLong(draws.one(List.of(0L, -1L, 1L << 31, 1L << 40, 1L << 62, Long.MIN_VALUE)));
      }
      return overwrite(content, Bytes.until(number.array(), number.position()), draws);
    }
  },
  SPLICE {
    @Override
    public byte[] apply(byte[] content, byte[] other, Draws draws) {
      return Bytes.join(
          Bytes.until(content, draws.below(content.length + 1)),
          Bytes.from(other, draws.below(other.length + 1)));
    }
  };

  private static final int MAX = Integer.MAX_VALUE;
  // Headers are where sizes are, so every second number goes there.
  private static final int HEADER = 64;

  private static int length(byte[] content, Draws draws) {
    return 1 + draws.below(draws.one(List.of(4, 64, Math.max(1, content.length))));
  }

  private static byte[] overwrite(byte[] content, byte[] bytes, Draws draws) {
    int range = draws.below(2) == 0 ? Math.min(HEADER, content.length) : content.length;
    int at = draws.below(range);
    return Bytes.replace(content, at, at + bytes.length, bytes);
  }
}
