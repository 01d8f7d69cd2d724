package io.meanfield.serve;

import java.math.BigInteger;
import java.util.Optional;

/** The types of the values of a tensor in the Open Inference Protocol. */
enum Datatype {
  BOOL {
    @Override
    Optional<Object> read(Object value) {
      return Optional.of(value).filter(Boolean.class::isInstance);
    }
  },
  UINT8(0, 8),
  UINT16(0, 16),
  UINT32(0, 32),
  UINT64(0, 64),
  INT8(1, 8),
  INT16(1, 16),
  INT32(1, 32),
  INT64(1, 64),
  FP16 {
    @Override
    Optional<Object> read(Object value) {
      return FP32.read(value);
    }
  },
  FP32 {
    @Override
    Optional<Object> read(Object value) {
      return value instanceof Number number ? Optional.of(number.floatValue()) : Optional.empty();
    }
  },
  FP64 {
    @Override
    Optional<Object> read(Object value) {
      return value instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }
  },
  BYTES {
    @Override
    Optional<Object> read(Object value) {
      return Optional.of(value).filter(String.class::isInstance);
    }
  };

  private final int signBits;
  private final int bits;

  Datatype() {
    this(0, 0);
  }

  Datatype(int signBits, int bits) {
    this.signBits = signBits;
    this.bits = bits;
  }

  /** Returns a value of JSON as this type; empty if it is none. */
  Optional<Object> read(Object value) {
    boolean isWhole =
        value instanceof Integer || value instanceof Long || value instanceof BigInteger;
    return isWhole && fits(new BigInteger(value.toString()))
        ? Optional.of(value)
        : Optional.empty();
  }

  private boolean fits(BigInteger number) {
    return number.bitLength() <= bits - signBits && (signBits == 1 || number.signum() >= 0);
  }
}
