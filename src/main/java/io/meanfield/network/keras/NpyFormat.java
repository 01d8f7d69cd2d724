package io.meanfield.network.keras;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.network.keras.NumpyArray.Precision;
import java.math.BigInteger;
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
 * Writes and reads one array in NumPy's format NPY (NEP 1): magic, version, length of the header,
 * the header as a Python dictionary, the numbers. ND4J's reader is not used, because it accepts a
 * truncated file and returns arbitrary memory for the missing numbers.
 */
final class NpyFormat {
  /** The limit on the length of a header, in bytes. */
  static final int MAX_HEADER = 1 << 16;

  private static final int MAX_DIMENSIONS = 64; // NumPy's
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  // Magic, version and the length of the header: of 2 bytes in version 1, of 4 bytes afterwards.
  private static final int PREFIX = 10;
  private static final int LONG_PREFIX = 12;
  private static final Pattern DESCR = Pattern.compile("'descr' *: *'([<>=|])([a-z][0-9]+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order' *: *(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape' *: *\\(([0-9, ]*)\\)");
  private static final String ITEM = " *(?:" + DESCR + "|" + ORDER + "|" + SHAPE + ") *";
  private static final Pattern HEADER =
      Pattern.compile("\\{(?:" + ITEM + ",){2}" + ITEM + "(?:, *)?\\}\\s*");

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
    Matcher descr = find(DESCR, header);
    Precision precision = precision(descr.group(2), header);
    in.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    List<Integer> shape = shape(find(SHAPE, header).group(1));
    boolean fortran = find(ORDER, header).group(1).equals("True");
    return new NumpyArray(precision, shape, numbers(in, precision, shape, fortran));
  }

  private static String header(ByteBuffer in) throws Unreadable {
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() >= LONG_PREFIX) {
      in.get(magic);
    }
    if (!Arrays.equals(magic, MAGIC)) {
      throw new Unreadable(
          "is not a NumPy array: expected at least "
              + LONG_PREFIX
              + " bytes that begin with \\x93NUMPY");
    }
    int version = in.get() & 0xff;
    in.get(); // the minor version
    if (version < 1 || version > 3) {
      throw new Unreadable("has version " + version + " of NumPy's format, expected 1, 2 or 3");
    }
    long length = version == 1 ? in.getShort() & 0xffff : in.getInt() & 0xffffffffL;
    int limit = Math.min(in.remaining(), MAX_HEADER);
    if (length > limit) {
      throw new Unreadable(
          "announces a header of "
              + length
              + " bytes, expected at most "
              + limit
              + "; maybe it is truncated");
    }
    byte[] header = new byte[(int) length];
    in.get(header);
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Matcher find(Pattern pattern, String header) throws Unreadable {
    Matcher matcher = pattern.matcher(header);
    // Three items in all, and one of each kind: no kind occurs twice.
    if (!HEADER.matcher(header).matches() || !matcher.find()) {
      throw new Unreadable(
          "has the header "
              + Printable.text(header.strip())
              + ", expected 'descr' with one type, 'fortran_order' and 'shape'");
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
                    ErrorCode.MODEL_UNUSABLE,
                    "holds numbers of type "
                        + code
                        + ", expected f4 or f8 (float32 or float64): "
                        + header.strip()));
  }

  private static List<Integer> shape(String text) throws Unreadable {
    List<Integer> shape = new ArrayList<>();
    String[] dimensions = text.split(",", -1);
    if (dimensions.length > MAX_DIMENSIONS) {
      throw new Unreadable(
          "has " + dimensions.length + " dimensions, expected at most " + MAX_DIMENSIONS);
    }
    try {
      for (String dimension : dimensions) {
        if (!dimension.isBlank()) {
          shape.add(Integer.parseInt(dimension.strip()));
        }
      }
      return List.copyOf(shape);
    } catch (NumberFormatException e) {
      throw new Unreadable(
          "has the shape ("
              + Printable.text(text)
              + "), expected whole numbers of at most "
              + Integer.MAX_VALUE);
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
          "has "
              + in.remaining()
              + " bytes of numbers, expected "
              + Printable.text(expected.toString())
              + " for its shape "
              + Printable.text(NumpyArray.tuple(shape)));
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

    private final ErrorCode code;

    /** Reports a damaged array. */
    Unreadable(String clause) {
      this(ErrorCode.MODEL_UNREADABLE, clause);
    }

    Unreadable(ErrorCode code, String clause) {
      super(clause);
      this.code = code;
    }

    ErrorCode code() {
      return code;
    }
  }
}
