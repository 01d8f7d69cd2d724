package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of any doubles. It does not depend on their order, nor on how they are divided into
 * partial sums (Neal 2015, "Fast exact summation using small and large superaccumulators").
 */
@DefaultSerializer(JavaSerializer.class)
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int CHUNK_BITS = 32;
  private static final long CHUNK = (1L << CHUNK_BITS) - 1;
  private static final int MANTISSA_BITS = 52;
  private static final int EXPONENT = 0x7ff;
  // The magnitude of a chunk in units of 2^32 after a carry, after one number, and at most.
  private static final int CARRIED = 1;
  private static final int ADDED = 1 << (MANTISSA_BITS + 1 - CHUNK_BITS);
  private static final int MAX_PENDING = 1 << 30;
  private static final BigDecimal UNIT = new BigDecimal(Double.MIN_VALUE);

  // The sum is that of chunks[i] * 2^(32 i) units; a unit is the smallest positive double.
  private final long[] chunks = new long[68];
  private int pending;

  /** Adds a finite number. */
  public void add(double number) {
    reserve(ADDED);
    long bits = Double.doubleToRawLongBits(number);
    long mantissa = mantissa(bits);
    long sign = bits >> (Long.SIZE - 1);
    int place = place(bits);
    int shift = place % CHUNK_BITS;
    chunks[place / CHUNK_BITS] += ((mantissa << shift & CHUNK) ^ sign) - sign;
    chunks[place / CHUNK_BITS + 1] += (mantissa >>> (CHUNK_BITS - shift) ^ sign) - sign;
  }

  /**
   * Adds a finite number as often as {@code times} says.
   *
   * @param times at least 1
   */
  public void add(double number, long times) {
    for (long left = times; left > 0; ) {
      int some = (int) Math.min(left, MAX_PENDING / 2);
      reserve(some);
      addSome(Double.doubleToRawLongBits(number), some);
      left -= some;
    }
  }

  // In three parts of at most 32 bits, which leave room for the factor.
  private void addSome(long bits, int times) {
    long mantissa = mantissa(bits);
    int chunk = place(bits) / CHUNK_BITS;
    int shift = place(bits) % CHUNK_BITS;
    long low = mantissa << shift;
    long high = shift == 0 ? 0 : mantissa >>> (Long.SIZE - shift);
    long factor = bits < 0 ? -times : times;
    chunks[chunk] += factor * (low & CHUNK);
    chunks[chunk + 1] += factor * (low >>> CHUNK_BITS);
    chunks[chunk + 2] += factor * high;
  }

  private void reserve(int units) {
    if (pending > MAX_PENDING - units) {
      carry();
    }
    pending += units;
  }

  private static long mantissa(long bits) {
    long fraction = bits & ((1L << MANTISSA_BITS) - 1);
    return exponent(bits) == 0 ? fraction : fraction | (1L << MANTISSA_BITS);
  }

  private static int exponent(long bits) {
    return (int) (bits >>> MANTISSA_BITS) & EXPONENT;
  }

  /** Returns the number of bits below the mantissa. */
  private static int place(long bits) {
    int exponent = exponent(bits);
    if (exponent == EXPONENT) {
      throw new IllegalArgumentException(
          "only finite numbers have an exact sum, found " + Double.longBitsToDouble(bits));
    }
    return Math.max(0, exponent - 1);
  }

  /** Adds another sum. */
  public void add(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] += other.chunks[i];
    }
    pending = 2 * CARRIED;
  }

  private void carry() {
    for (int i = 0; i < chunks.length - 1; i++) {
      long carry = chunks[i] >> CHUNK_BITS;
      chunks[i] -= carry << CHUNK_BITS;
      chunks[i + 1] += carry;
    }
    pending = CARRIED;
  }

  /** Returns the sum. */
  public BigDecimal value() {
    BigInteger units = BigInteger.ZERO;
    for (int i = chunks.length - 1; i >= 0; i--) {
      units = units.shiftLeft(CHUNK_BITS).add(BigInteger.valueOf(chunks[i]));
    }
    return new BigDecimal(units).multiply(UNIT);
  }
}
