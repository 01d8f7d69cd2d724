package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The sum of the SHA-256 of examples, in four words, so that the order of the examples does not
 * matter (Clarke et al. 2003, "Incremental Multiset Hash Functions", section 5). It tells data sets
 * apart; it does not withstand somebody who forges one.
 */
@DefaultSerializer(JavaSerializer.class)
record Fingerprint(long a, long b, long c, long d) implements Serializable {
  static final Fingerprint EMPTY = new Fingerprint(0, 0, 0, 0);

  static Fingerprint of(Examples block) {
    MessageDigest digest = sha256();
    long[] sum = new long[4];
    for (int row = 0; row < block.count(); row++) {
      block.digest(row, digest);
      ByteBuffer words = ByteBuffer.wrap(digest.digest());
      for (int word = 0; word < sum.length; word++) {
        sum[word] += words.getLong();
      }
    }
    return new Fingerprint(sum[0], sum[1], sum[2], sum[3]);
  }

  Fingerprint plus(Fingerprint other) {
    return new Fingerprint(a + other.a, b + other.b, c + other.c, d + other.d);
  }

  /** The fingerprint of a data set of that many examples. */
  String text(long count) {
    ByteBuffer bytes = ByteBuffer.allocate(5 * Long.BYTES);
    bytes.putLong(count).putLong(a).putLong(b).putLong(c).putLong(d);
    return "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes.array()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
