package io.meanfield.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  private static final Manifest MANIFEST =
      Manifest.of(
          Map.of(
              "name",
              "dígits",
              "alpha",
              Map.of("checksum", "sha256:" + "0".repeat(64)),
              "metrics",
              Map.of("accuracy", 0.75)));

  @TempDir private Path folder;

  private static void assertDamaged(byte[] bytes) {
    assertThatThrownBy(() -> Manifest.parse(bytes, "run.json"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessageMatching("run.json is damaged: .*; restore the file from a backup");
  }

  @Test
  void manifestIsReadAsItWasWritten() throws IOException {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "a.b", 1, "rate", 0.1, "whole", 5.0, "seed", Long.MIN_VALUE, "list", List.of("ä")));
    Manifest read = Manifest.parse(manifest.content().bytes(), "run.json");
    assertThat(read.json()).isEqualTo(manifest.json());
  }

  @Test
  void everyChangedByteIsFound() throws IOException {
    byte[] written = MANIFEST.content().bytes();
    for (int i = 0; i < written.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = written.clone();
        changed[i] ^= (byte) (1 << bit);
        assertDamaged(changed);
      }
    }
  }

  @Test
  void missingAndAdditionalBytesAreFound() throws IOException {
    byte[] written = MANIFEST.content().bytes();
    for (int position = 0; position < written.length; position++) {
      assertDamaged(Arrays.copyOf(written, position));
      byte[] longer = Arrays.copyOf(written, written.length + 1);
      System.arraycopy(written, position, longer, position + 1, written.length - position);
      longer[position] = ' ';
      assertDamaged(longer);
    }
  }

  @Test
  void fileWithoutAChecksumIsDamaged() {
    assertThatThrownBy(() -> Manifest.parse("include url(\"x\")".getBytes(UTF_8), "run.json"))
        .hasMessage(
            "run.json is damaged: it has no checksum of its own; restore the file from a backup");
  }

  @Test
  void newerSchemaVersionIsRejected() throws IOException {
    byte[] newer = MANIFEST.with("schema_version", 2).content().bytes();
    assertThatThrownBy(() -> Manifest.parse(newer, "run.json"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_ARGUMENTS))
        .hasMessage(
            "run.json has schema version 2, expected at most 1; use a newer version of Meanfield");
  }

  @Test
  void manifestWithManyInputFilesIsRead() {
    List<String> files = Collections.nCopies(17, "f".repeat(1_000_000));
    RunDirectory run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("run"), Manifest.of(Map.of("files", files)));
    assertThat(run.manifest().json().getStringList("files")).isEqualTo(files);
  }
}
