package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checksums of valid files, which the code under test has written. */
class OwnChecksumTest {
  private static final String DIGITS = "[0-9a-f]{64}";

  @TempDir private Path folder;

  private void assertRepaired(Format format, String digits) {
    try (Target target = format.target(folder)) {
      byte[] valid = target.seeds().get(0);
      String text = new String(valid, StandardCharsets.UTF_8);
      String broken = text.replaceFirst(digits, "f".repeat(64));
      assertThat(broken).isNotEqualTo(text);
      assertThat(target.files(Fixtures.bytes(broken)).get(target.file())).isEqualTo(valid);
    }
  }

  @Test
  void checksumOfAVersionIsRepaired() {
    assertRepaired(Format.VERSION_JSON_SEALED, "(?<=\"checksum\" : \"sha256:)" + DIGITS);
  }

  @Test
  void checksumOfARecordIsRepaired() {
    assertRepaired(Format.EPOCH_JSON_SEALED, "(?<=\"record_sha256\" : \")" + DIGITS);
  }

  @Test
  void checksumsOfAStateAndItsRecordAreRepaired() {
    try (Target target = Format.CHECKPOINT_SEALED.target(folder)) {
      byte[] state = target.seeds().get(0);
      byte[] record = Fixtures.read(folder.resolve("run/epochs/000002.json"));
      String text = new String(record, StandardCharsets.UTF_8);
      String broken = text.replaceFirst("(?<=\"state_sha256\" : \")" + DIGITS, "f".repeat(64));
      assertThat(broken).isNotEqualTo(text);
      assertThat(OwnChecksum.ofEpoch(Fixtures.bytes(broken), state)).isEqualTo(record);
      assertThat(target.files(state).values()).containsExactlyInAnyOrder(state, record);
    }
  }

  @Test
  void checksumAtTheEndIsRepaired() {
    try (Target target = Format.REPLAY_SEALED.target(folder)) {
      byte[] valid = target.seeds().get(0);
      byte[] broken = valid.clone();
      Arrays.fill(broken, broken.length - 32, broken.length, (byte) 0);
      assertThat(target.files(broken).get(target.file())).isEqualTo(valid);
    }
  }

  @Test
  void fileWithoutAPlaceForItsChecksumStaysAsItIs() {
    for (String text : new String[] {"", "{}", "\"record_sha256\" : \"0\""}) {
      byte[] content = Fixtures.bytes(text);
      assertThat(OwnChecksum.ofVersion(content)).isEqualTo(content);
      assertThat(OwnChecksum.ofEpoch(content)).isEqualTo(content);
      assertThat(OwnChecksum.atTheEnd(content)).isEqualTo(content);
    }
  }
}
