package io.meanfield.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SealedManifestTest {
  private static final Manifest MANIFEST =
      Manifest.of(
          Map.of(
              "name",
              "dígits",
              "alpha",
              Map.of("checksum", "sha256:" + "0".repeat(64)),
              "metrics",
              Map.of("accuracy", 0.75)));

  private static byte[] sealed() throws IOException {
    return SealedManifest.seal(MANIFEST).bytes();
  }

  private static void assertDamaged(byte[] bytes) {
    assertThatThrownBy(() -> SealedManifest.parse(bytes, "version.json"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessageStartingWith("version.json is damaged: ");
  }

  @Test
  void sealedManifestHasTheSameEntriesAndAChecksum() throws IOException {
    Manifest read = SealedManifest.parse(sealed(), "version.json");
    assertThat(read.string("checksum").orElseThrow()).matches("sha256:[0-9a-f]{64}");
    assertThat(read.json().withoutPath("checksum")).isEqualTo(MANIFEST.json());
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    byte[] sealed = sealed();
    for (int i = 0; i < sealed.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = sealed.clone();
        changed[i] ^= (byte) (1 << bit);
        assertDamaged(changed);
      }
    }
  }

  @Property(tries = 200)
  void missingAndAdditionalBytesAreFound(@ForAll @IntRange(max = 1_000) int at) throws IOException {
    byte[] sealed = sealed();
    int position = at % sealed.length;
    assertDamaged(Arrays.copyOf(sealed, position));
    byte[] longer = Arrays.copyOf(sealed, sealed.length + 1);
    System.arraycopy(sealed, position, longer, position + 1, sealed.length - position);
    longer[position] = ' ';
    assertDamaged(longer);
  }

  @Test
  void manifestWithoutAChecksumIsDamaged() throws IOException {
    assertThatThrownBy(() -> SealedManifest.parse(MANIFEST.content().bytes(), "version.json"))
        .hasMessage(
            "version.json is damaged: it has no checksum of its own; restore the file from a"
                + " backup, or roll back to an intact version");
  }
}
