package io.meanfield.network.keras;

import io.meanfield.network.keras.NumpyArray.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One array in NumPy's format NPY (NEP 1): magic, version, length of the header, the header as a
 * Python dictionary, the numbers. ND4J's reader and writer are not used: the reader accepts a
 * truncated file and returns arbitrary memory for the rest, and the writer omits the line break at
 * the end of the header.
 */
final class NpyFormat {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int PREFIX = 10; // magic, version and length of version 1
  private static final Pattern DESCRIPTION = Pattern.compile("'descr' *: *'([<>=|])([a-z][0-9]+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order' *: *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape' *: *\\(([0-9, ]*)\\)");

  private NpyFormat() {}

  /** The limit on the length of a header, in bytes. */
  static final int MAX_HEADER = 1 << 16;

  /** Returns a file of version 1.0: little endian, C order, the numbers aligned as in NumPy. */
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
   * Reads an array.
   *
   * @throws Unreadable if it is not such an array; the message completes a sentence that begins
   *     with the name of the array
   */
  static NumpyArray read(byte[] file) throws Unreadable {
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    String header = header(in);
    Matcher description = find(DESCRIPTION, header);
    Precision precision = precision(description.group(2), header);
    in.order(description.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    List<Integer> shape = shape(find(SHAPE, header).group(1));
    boolean fortran = find(ORDER, header).group(1).equals("True");
    return new NumpyArray(precision, shape, numbers(in, precision, shape, fortran));
  }

  private static String header(ByteBuffer in) throws Unreadable {
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() >= PREFIX + 2) {
      in.get(magic);
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new Unreadable("is not a NumPy array: expected it to start with \\x93NUMPY");
    }
    int version = in.get();
    in.get();
    long length = version == 1 ? in.getShort() & 0xffff : in.getInt() & 0xffffffffL;
    if (version < 1 || version > 3 || length > Math.min(in.remaining(), MAX_HEADER)) {
      throw new Unreadable("has a header that is cut short or of an unknown version, " + version);
    }
    byte[] header = new byte[(int) length];
    in.get(header);
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Matcher find(Pattern pattern, String header) throws Unreadable {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new Unreadable(
          "has the header " + header.strip() + ", expected numbers of one type with a shape");
    }
    return matcher;
  }

  private static Precision precision(String code, String header) throws Unreadable {
    return Arrays.stream(Precision.values())
        .filter(precision -> precision.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new Unreadable(
                    "holds numbers of type "
                        + code
                        + ", expected f4 or f8 (float32 or float64): "
                        + header.strip()));
  }

  private static List<Integer> shape(String dimensions) throws Unreadable {
    List<Integer> shape = new ArrayList<>();
    try {
      for (String dimension : dimensions.split(",", -1)) {
        if (!dimension.isBlank()) {
          shape.add(Integer.parseInt(dimension.strip()));
        }
      }
      return List.copyOf(shape);
    } catch (NumberFormatException e) {
      throw new Unreadable("has the shape (" + dimensions + "), which is too large");
    }
  }

  private static double[] numbers(
      ByteBuffer in, Precision precision, List<Integer> shape, boolean fortran) throws Unreadable {
    long expected =
        shape.stream().mapToLong(Integer::longValue).reduce(precision.bytes(), (a, b) -> a * b);
    if (in.remaining() != expected) {
      throw new Unreadable(
          "has "
              + in.remaining()
              + " bytes of numbers, expected "
              + expected
              + " for its shape "
              + NumpyArray.tuple(shape));
    }
    double[] numbers = new double[in.remaining() / precision.bytes()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = precision == Precision.SINGLE ? in.getFloat() : in.getDouble();
    }
    return fortran && shape.size() > 1 ? lastDimensionFastest(numbers, shape) : numbers;
  }

  private static double[] lastDimensionFastest(double[] firstFastest, List<Integer> shape) {
    List<Integer> reversed = new ArrayList<>(shape);
    Collections.reverse(reversed);
    double[] numbers = new double[firstFastest.length];
    for (int i = 0; i < numbers.length; i++) {
      int place = 0;
      int rest = i;
      int strideOfLast = numbers.length;
      for (int dimension : reversed) {
        strideOfLast /= dimension;
        place += rest % dimension * strideOfLast;
        rest /= dimension;
      }
      numbers[i] = firstFastest[place];
    }
    return numbers;
  }

  /**
   * Reports an unreadable array; the message completes a sentence that begins with the array's
   * name.
   */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String clause) {
      super(clause);
    }
  }
}
