package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir private Path folder;

  private void create(String name, Duration age) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private void delete(Path directory) {
    new Leftovers(new Configuration(), new org.apache.hadoop.fs.Path(directory.toUri()), ".doctor-")
        .delete();
  }

  @Test
  void filesOfTheSameKindThatAreOlderThanADayAreDeleted() throws IOException {
    create(".doctor-1-driver", Duration.ofHours(25));
    create("..doctor-1-0-7077.draft", Duration.ofHours(25));
    create(".doctor-2-driver", Duration.ofHours(23));
    create(".other", Duration.ofDays(400));
    Files.createDirectory(folder.resolve(".doctor-run"));
    Files.setLastModifiedTime(folder.resolve(".doctor-run"), FileTime.fromMillis(0));
    delete(folder);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(".doctor-2-driver", ".other", ".doctor-run");
  }

  @Test
  void missingDirectoryHasNoLeftovers() {
    delete(folder.resolve("missing"));
    assertThat(folder).isEmptyDirectory();
  }
}
