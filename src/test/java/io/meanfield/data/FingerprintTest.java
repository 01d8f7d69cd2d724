package io.meanfield.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** A fingerprint is what its definition says, so that it is the same in every version. */
class FingerprintTest {
  /** Writes an example as the definition says. */
  @FunctionalInterface
  private interface Writing {
    void write(DataOutputStream out) throws IOException;
  }

  /** Returns the four numbers of the digest of one example. */
  private static long[] digest(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.write(new DataOutputStream(bytes));
    ByteBuffer hash = ByteBuffer.wrap(DigestUtils.sha256(bytes.toByteArray()));
    return new long[] {hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong()};
  }

  private static String text(long count, long[]... digests) {
    ByteBuffer bytes = ByteBuffer.allocate(5 * Long.BYTES).putLong(count);
    for (int i = 0; i < 4; i++) {
      long sum = 0;
      for (long[] each : digests) {
        sum += each[i];
      }
      bytes.putLong(sum);
    }
    return "sha256:" + HexFormat.of().formatHex(DigestUtils.sha256(bytes.array()));
  }

  @Test
  void digestHasIdTextTargetsFeaturesAndWeight() throws IOException {
    Examples block =
        new Examples(
            new long[] {5, -6},
            new String[] {"ä", "longer"},
            new Features.Floats(new float[] {1.5f, -2, 0, Float.MIN_VALUE}, 2),
            new Targets.Values(new float[] {3, 4}, 1),
            new float[] {0.5f, 7});
    long[] first =
        digest(
            out -> {
              out.writeLong(5);
              out.write("ä".getBytes(StandardCharsets.UTF_8));
              out.writeFloat(3);
              out.writeFloat(1.5f);
              out.writeFloat(-2);
              out.writeFloat(0.5f);
            });
    long[] second =
        digest(
            out -> {
              out.writeLong(-6);
              out.writeBytes("longer");
              out.writeFloat(4);
              out.writeFloat(0);
              out.writeFloat(Float.MIN_VALUE);
              out.writeFloat(7);
            });
    assertThat(Fingerprint.of(block).text(2)).isEqualTo(text(2, first, second));
  }

  @Test
  void digestOfAnImageHasItsClassAndItsPixels() throws IOException {
    Examples block =
        Examples.images(new long[] {9}, new byte[] {(byte) 200}, new byte[] {1, -1}, 2);
    long[] only =
        digest(
            out -> {
              out.writeLong(9);
              out.writeInt(200);
              out.write(new byte[] {1, -1});
            });
    assertThat(Fingerprint.of(block).text(1)).isEqualTo(text(1, only));
  }

  @Test
  void digestOfAnExampleWithoutTargetsHasNone() throws IOException {
    Examples block =
        new Examples(
            new long[] {1}, new Features.Floats(new float[] {2}, 1), new Targets.Unknown());
    long[] only =
        digest(
            out -> {
              out.writeLong(1);
              out.writeFloat(2);
            });
    assertThat(Fingerprint.of(block).plus(Fingerprint.EMPTY).text(1)).isEqualTo(text(1, only));
  }
}
