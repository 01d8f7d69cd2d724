package io.meanfield.engine.dl4j;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.ErrorCode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes and reads a row of 32-bit floats in the format of ND4J's {@code Nd4j.write}: the shape,
 * then the numbers. Both have the same form: the name of an allocation mode, a length, the name of
 * a type, and as many big-endian values as the length says. The values of the shape are rank,
 * dimensions, strides, type, step and order. ND4J's own reader is not used: it allocates the length
 * that a file declares before it reads, and returns arbitrary memory for missing numbers.
 */
final class ArrayFormat {
  /** The limit on the bytes before the numbers. */
  static final int MAX_HEADER = 256;

  private static final String MODE = "MIXED_DATA_TYPES";
  // The second is the mode of DL4J 1.0.0-alpha to 1.0.0-beta3.
  private static final List<String> MODES = List.of(MODE, "LONG_SHAPE");
  private static final String LONG = "LONG";
  private static final String FLOAT = "FLOAT";
  private static final int MAX_NAME = 32;
  // ND4J's ArrayOptionsHelper; arrays of DL4J before 1.0.0-beta4 have no type there.
  private static final long FLOAT_OPTION = 1 << 13;
  private static final int CHUNK = 1 << 14;

  private ArrayFormat() {}

  /** Writes an array of the shape [1, values], with the bytes that {@code Nd4j.write} writes. */
  static void write(float[] values, OutputStream target) throws IOException {
    DataOutputStream out = new DataOutputStream(target);
    long[] shape = {2, 1, values.length, 1, 1, FLOAT_OPTION, 1, 'c'};
    writeHeader(out, shape.length, LONG);
    for (long value : shape) {
      out.writeLong(value);
    }
    writeHeader(out, values.length, FLOAT);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * Math.min(CHUNK, values.length));
    for (int start = 0; start < values.length; start += CHUNK) {
      int count = Math.min(CHUNK, values.length - start);
      bytes.asFloatBuffer().put(values, start, count);
      out.write(bytes.array(), 0, Float.BYTES * count);
    }
    out.flush();
  }

  private static void writeHeader(DataOutputStream out, long length, String type)
      throws IOException {
    out.writeUTF(MODE);
    out.writeLong(length);
    out.writeUTF(type);
  }

  /**
   * Reads an array of the shape [count] or [1, count], in 'c' or 'f' order, to the end of the
   * stream. Allocates memory as the numbers arrive, never more than twice what has arrived.
   *
   * @throws Unreadable if the array has another shape, type or length or a number that is not
   *     finite; the message completes a sentence that begins with the name of the array
   */
  static float[] read(InputStream source, int count) throws IOException, Unreadable {
    DataInputStream in = new DataInputStream(source);
    try {
      long[] shape = shape(in);
      long length = length(in, FLOAT);
      requireShape(shape, length);
      if (length != count) {
        throw new Unreadable(
            "has %s numbers, expected %s for the network that it describes", length, count);
      }
      float[] values = numbers(in, count);
      if (in.read() >= 0) {
        throw new Unreadable("has bytes after its %s numbers", count);
      }
      return values;
    } catch (EOFException e) {
      throw new Unreadable("ends too early, expected %s numbers", count);
    }
  }

  private static long[] shape(DataInputStream in) throws IOException, Unreadable {
    long length = length(in, LONG);
    if (length != 6 && length != 8) {
      throw new Unreadable("has a shape of %s values, expected an array of one row", length);
    }
    long[] shape = new long[(int) length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readLong();
    }
    return shape;
  }

  /** Reads mode, length and type; returns the length. */
  private static long length(DataInputStream in, String type) throws IOException, Unreadable {
    if (!MODES.contains(name(in))) {
      throw new Unreadable(
          ErrorCode.MODEL_UNUSABLE,
          "is not an array of DL4J 1.0.0; load and save the model with DL4J 1.0.0-M2.1");
    }
    long length = in.readLong();
    String found = name(in);
    if (found.equals(type)) {
      return length;
    }
    throw type.equals(FLOAT)
        ? new Unreadable(
            ErrorCode.MODEL_UNUSABLE,
            "has numbers of type %s, expected 32-bit floats (FLOAT); convert the network with"
                + " DL4J's convertDataType and save it again",
            found)
        : new Unreadable("has a shape of type %s, expected %s", found, type);
  }

  private static String name(DataInputStream in) throws IOException, Unreadable {
    int length = in.readUnsignedShort();
    byte[] name = in.readNBytes(Math.min(length, MAX_NAME));
    String text = new String(name, StandardCharsets.US_ASCII);
    if (name.length != length || !text.matches("[A-Z0-9_]+")) {
      throw new Unreadable("is not an array of ND4J");
    }
    return text;
  }

  private static void requireShape(long[] shape, long length) throws Unreadable {
    int rank = (shape.length - 4) / 2;
    long row = shape[rank];
    long stride = shape[2 * rank];
    long option = shape[shape.length - 3];
    long step = shape[shape.length - 2];
    long order = shape[shape.length - 1];
    boolean valid =
        shape[0] == rank
            && (rank == 1 || shape[1] == 1)
            && row == length
            && (stride == 1 || row == 1)
            && (option == FLOAT_OPTION || option == 0)
            && Math.abs(step) <= 1
            && (order == 'c' || order == 'f');
    if (!valid) {
      throw new Unreadable(
          "has another shape than its %s numbers, expected [1, %s] of type FLOAT", length, length);
    }
  }

  private static float[] numbers(DataInputStream in, int count) throws IOException, Unreadable {
    float[] values = new float[Math.min(count, CHUNK)];
    byte[] bytes = new byte[Float.BYTES * values.length];
    for (int start = 0; start < count; start += CHUNK) {
      int size = Math.min(CHUNK, count - start);
      in.readFully(bytes, 0, Float.BYTES * size);
      if (start + size > values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
      }
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values, start, size);
      requireFinite(values, start, size);
    }
    return values;
  }

  private static void requireFinite(float[] values, int start, int count) throws Unreadable {
    for (int i = start; i < start + count; i++) {
      if (!Float.isFinite(values[i])) {
        throw new Unreadable(
            "has the number %s at position %s, expected finite numbers", values[i], i);
      }
    }
  }

  /**
   * Reports an array that cannot be read; the message completes a sentence that begins with the
   * name of the array.
   */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** Reports a damaged array. */
    @FormatMethod
    Unreadable(String format, Object... arguments) {
      this(ErrorCode.MODEL_UNREADABLE, format, arguments);
    }

    @FormatMethod
    Unreadable(ErrorCode code, String format, Object... arguments) {
      super(String.format(Locale.ROOT, format, arguments));
      this.code = code;
    }

    ErrorCode code() {
      return code;
    }
  }
}
