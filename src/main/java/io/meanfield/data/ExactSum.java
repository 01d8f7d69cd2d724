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
  // A chunk changes by less than 2^32 with each number, so it has room for 2^31 of them.
  private static final long MAX_PENDING = 1L << 30;
  private static final BigDecimal UNIT = new BigDecimal(Double.MIN_VALUE);

  // The sum is that of chunks[i] * 2^(32 i) units; a unit is the smallest positive double.
  private final long[] chunks = new long[68];
  private long pending;

  /** Adds a finite number. */
  public void add(double number) {
    long bits = Double.doubleToRawLongBits(number);
    int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT;
    if (exponent == EXPONENT) {
      throw new IllegalArgumentException("only finite numbers have an exact sum, found " + number);
    }
    long fraction = bits & ((1L << MANTISSA_BITS) - 1);
    long mantissa = exponent == 0 ? fraction : fraction | (1L << MANTISSA_BITS);
    int shift = Math.max(0, exponent - 1);
    add(mantissa, shift / CHUNK_BITS, shift % CHUNK_BITS, bits < 0 ? -1 : 1);
    if (++pending == MAX_PENDING) {
      carry();
    }
  }

  private void add(long mantissa, int chunk, int shift, int sign) {
    long low = mantissa << shift;
    long high = shift == 0 ? 0 : mantissa >>> (Long.SIZE - shift);
    chunks[chunk] += sign * (low & CHUNK);
    chunks[chunk + 1] += sign * (low >>> CHUNK_BITS);
    chunks[chunk + 2] += sign * high;
  }

  /** Adds the exact product of two numbers, unless its last bits are below the smallest double. */
  public void addProduct(double a, double b) {
    double product = a * b;
    add(product);
    add(Math.fma(a, b, -product));
  }

  /** Adds another sum. */
  public void add(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] += other.chunks[i];
    }
    pending = 2;
  }

  private void carry() {
    for (int i = 0; i < chunks.length - 1; i++) {
      long carry = chunks[i] >> CHUNK_BITS;
      chunks[i] -= carry << CHUNK_BITS;
      chunks[i + 1] += carry;
    }
    pending = 1;
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
