package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedFileTest {
  @TempDir private Path folder;

  @Test
  void fileThatCannotBeWrittenIsNamedWithTheReason() throws IOException {
    Files.createFile(folder.resolve("file"));
    String location = folder.resolve("file/model.onnx").toString();
    assertThatThrownBy(() -> ExportedFile.write(new Configuration(), location, out -> out.write(1)))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNWRITABLE))
        .hasMessageStartingWith("cannot write " + location + ": ")
        .hasMessageEndingWith("; check the path, its permissions and the free space")
        .message()
        .doesNotContain("Exception");
  }
}
