package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The sum of the SHA-256 digests of examples, as four numbers. A sum does not depend on the order
 * of the examples (Clarke et al. 2003, "Incremental Multiset Hash Functions", section 5). It
 * distinguishes data sets; it is not safe against forgery.
 */
@DefaultSerializer(JavaSerializer.class)
record Fingerprint(long a, long b, long c, long d) implements Serializable {
  static final Fingerprint EMPTY = new Fingerprint(0, 0, 0, 0);

  static Fingerprint of(Examples block) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    ByteBuffer bytes = ByteBuffer.allocate(block.bytes());
    long[] sum = new long[4];
    for (int row = 0; row < block.count(); row++) {
      block.digest(row, bytes, digest);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      for (int i = 0; i < sum.length; i++) {
        sum[i] += hash.getLong();
      }
    }
    return new Fingerprint(sum[0], sum[1], sum[2], sum[3]);
  }

  Fingerprint plus(Fingerprint other) {
    return new Fingerprint(a + other.a, b + other.b, c + other.c, d + other.d);
  }

  /** Returns the fingerprint of a data set with {@code count} examples. */
  String text(long count) {
    ByteBuffer bytes = ByteBuffer.allocate(5 * Long.BYTES);
    bytes.putLong(count).putLong(a).putLong(b).putLong(c).putLong(d);
    return "sha256:" + DigestUtils.sha256Hex(bytes.array());
  }
}
