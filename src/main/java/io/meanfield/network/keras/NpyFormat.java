package io.meanfield.network.keras;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.Printable;
import io.meanfield.network.keras.NumpyArray.Precision;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes and reads one array in NumPy's format NPY (NEP 1): magic, version, length of the header,
 * the header as a Python dictionary, the numbers. ND4J's reader is not used, because it accepts a
 * truncated file and returns arbitrary memory for the missing numbers.
 */
final class NpyFormat {
  /** The limit on the length of a header, in bytes. */
  static final int MAX_HEADER = 1 << 16;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  // Magic, version and the length of the header, of 2 bytes in version 1.
  private static final int PREFIX = 10;
  // Every version of NumPy writes the items in this order.
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': *'([<>=|])([a-z][0-9]+)', *'fortran_order': *(True|False),"
              + " *'shape': *\\(([0-9, ]*)\\),? *\\}\\s*");

  private NpyFormat() {}

  /**
   * Returns a file of version 1.0: little-endian, in 'c' order; the numbers begin at a multiple of
   * 64 bytes, as in NumPy's files.
   */
  static byte[] write(NumpyArray array) {
    String header =
        "{'descr': '<"
            + array.precision().code()
            + "', 'fortran_order': False, 'shape': "
            + NumpyArray.tuple(array.shape())
            + ", }";
    int start = (PREFIX + header.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    String padded = header + " ".repeat(start - PREFIX - header.length() - 1) + "\n";
    ByteBuffer out =
        ByteBuffer.allocate(
                Math.addExact(
                    start, Math.multiplyExact(array.values().length, array.precision().bytes())))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded.length());
    out.put(padded.getBytes(StandardCharsets.US_ASCII));
    for (double value : array.values()) {
      if (array.precision() == Precision.SINGLE) {
        out.putFloat((float) value);
      } else {
        out.putDouble(value);
      }
    }
    return out.array();
  }

  /**
   * Reads a file of version 1, 2 or 3 with float32 or float64 numbers, in either byte order and in
   * 'c' or 'f' order.
   *
   * @throws Unreadable if the file is not of this format, or if it has fewer or more bytes than its
   *     header announces; the message completes a sentence that begins with the name of the array
   */
  static NumpyArray read(byte[] file) throws Unreadable {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    String header = header(in);
    Matcher items = HEADER.matcher(header);
    if (!items.matches()) {
      throw unreadable(header);
    }
    Precision precision =
        Arrays.stream(Precision.values())
            .filter(each -> each.code().equals(items.group(2)))
            .findFirst()
            .orElseThrow(() -> unreadable(header));
    in.order(items.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    List<Integer> shape = shape(items.group(4), header);
    boolean fortran = items.group(3).equals("True");
    return new NumpyArray(precision, shape, numbers(in, precision, shape, fortran));
  }

  private static String header(ByteBuffer in) throws Unreadable {
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      int version = in.get();
      in.get(); // the minor version
      long length = version == 1 ? in.getShort() & 0xffff : in.getInt() & 0xffffffffL;
      if (Arrays.equals(magic, MAGIC) && length <= Math.min(in.remaining(), MAX_HEADER)) {
        byte[] header = new byte[(int) length];
        in.get(header);
        return new String(header, StandardCharsets.UTF_8);
      }
    } catch (BufferUnderflowException tooShort) {
      // It is refused below.
    }
    throw new Unreadable(
        "is not a NumPy array: expected \\x93NUMPY, a version and a whole header; maybe it is"
            + " truncated");
  }

  private static Unreadable unreadable(String header) {
    return new Unreadable(
        "has the header %s, expected 'descr' with the type f4 or f8 (float32 or float64),"
            + " 'fortran_order' and 'shape'",
        Printable.text(header.strip()));
  }

  private static List<Integer> shape(String text, String header) throws Unreadable {
    try {
      return Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(dimension -> !dimension.isEmpty())
          .map(Integer::parseInt)
          .toList();
    } catch (NumberFormatException tooLarge) {
      throw unreadable(header);
    }
  }

  private static double[] numbers(
      ByteBuffer in, Precision precision, List<Integer> shape, boolean fortran) throws Unreadable {
    BigInteger expected =
        shape.stream()
            .map(BigInteger::valueOf)
            .reduce(BigInteger.valueOf(precision.bytes()), BigInteger::multiply);
    if (!expected.equals(BigInteger.valueOf(in.remaining()))) {
      throw new Unreadable(
          "has %s bytes of numbers, expected %s for its shape %s",
          in.remaining(),
          Printable.text(expected.toString()),
          Printable.text(NumpyArray.tuple(shape)));
    }
    double[] numbers = new double[in.remaining() / precision.bytes()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = precision == Precision.SINGLE ? in.getFloat() : in.getDouble();
    }
    return fortran && shape.size() > 1 ? lastDimensionFastest(numbers, shape) : numbers;
  }

  /** Converts numbers from 'f' order, in which the first dimension varies fastest, to 'c' order. */
  private static double[] lastDimensionFastest(double[] firstFastest, List<Integer> shape) {
    List<Integer> reversed = new ArrayList<>(shape);
    Collections.reverse(reversed);
    double[] numbers = new double[firstFastest.length];
    for (int i = 0; i < numbers.length; i++) {
      int index = 0;
      int remainder = i;
      int stride = numbers.length;
      for (int dimension : reversed) {
        stride /= dimension;
        index += remainder % dimension * stride;
        remainder /= dimension;
      }
      numbers[i] = firstFastest[index];
    }
    return numbers;
  }

  /**
   * Reports an unreadable array; the message completes a sentence that begins with the array's
   * name.
   */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    @FormatMethod
    Unreadable(String format, Object... arguments) {
      super(String.format(Locale.ROOT, format, arguments));
    }
  }
}
