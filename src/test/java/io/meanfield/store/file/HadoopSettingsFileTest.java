package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.DeniedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopSettingsFileTest {
  @TempDir private Path folder;

  private HadoopSettingsFile file(Configuration hadoop) {
    return new HadoopSettingsFile(
        hadoop, new org.apache.hadoop.fs.Path(folder.resolve("job.conf").toUri()));
  }

  private static void assertRefused(Runnable reading, String message) {
    assertThatThrownBy(reading::run)
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessage(message);
  }

  @Test
  void fileWithoutThePermissionToReadItIsNotMissing() throws IOException {
    assertThat(file(new Configuration()).read()).isEmpty();
    Files.writeString(folder.resolve("job.conf"), "train.epochs = 3");
    assertRefused(
        () -> file(DeniedDisk.mount("job.conf", 9)).read(),
        "settings file "
            + folder
            + "/job.conf cannot be read: Permission denied; allow the user of this process to read"
            + " the file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b:c", ":"})
  void includeOfNoPathIsRefused(String included) {
    assertRefused(
        () -> file(new Configuration()).resolve(included),
        "settings file "
            + folder
            + "/job.conf includes \""
            + included
            + "\"; expected a path relative to the including file");
  }
}
