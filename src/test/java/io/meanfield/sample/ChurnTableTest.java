package io.meanfield.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChurnTableTest {
  @TempDir private Path folder;

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ar-EG"})
  void filesOfTheFirstSeedHaveTheSumsInMakeChurn(String locale) throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(locale));
    try {
      ChurnTable.write(folder, 1);
    } finally {
      Locale.setDefault(before);
    }
    String script = Files.readString(Path.of("scripts/make-churn"));
    for (String name : List.of("train.csv", "test.csv")) {
      assertThat(script).contains("[" + name + "]=" + sha256(folder.resolve(name)));
    }
  }
}
