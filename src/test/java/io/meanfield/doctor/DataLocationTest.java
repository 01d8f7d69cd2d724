package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.source.UnsetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLocationTest {
  @TempDir private Path folder;

  private DataLocation at(String name) {
    return new DataLocation("data.test", "file:" + folder.resolve(name));
  }

  private Finding onTheDriver(String name) {
    return at(name).ofDriver(new Configuration());
  }

  @Test
  void filesAreCountedAsTheFormatsFindThem() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "1");
    Files.writeString(folder.resolve("b.csv.gz"), "1");
    assertThat(onTheDriver("*.csv"))
        .isEqualTo(Finding.ok("data.test", "driver", folder + "/*.csv: 1 file"));
    assertThat(onTheDriver("b.csv").message()).endsWith(": 1 file"); // with .gz appended
    assertThat(onTheDriver("").message()).endsWith(": 2 files");
  }

  @Test
  void missingFilesFail() {
    assertThat(onTheDriver("none.csv"))
        .isEqualTo(
            Finding.failed(
                "data.test",
                "driver",
                folder.resolve("none.csv") + " matches no file",
                "set data.test to files that exist and that the user may read"));
  }

  @Test
  void filesThatOnlyTheDriverHasFail() {
    assertThat(at("none.csv").ofExecutor(new Configuration(), "executor 1 on a"))
        .isEqualTo(
            Finding.failed(
                "data.test",
                "executor 1 on a",
                folder.resolve("none.csv") + " matches no file, but the driver can read it",
                "move the data to a file system that all machines share, such as hdfs:///data"));
  }

  @Test
  void fileSystemThatIsNotInstalledFails() {
    DataLocation location = new DataLocation("data.test", "nosuchfs://host/a.csv");
    assertThat(location.ofDriver(new Configuration()).message())
        .isEqualTo("nosuchfs://host/a.csv cannot be read: No FileSystem for scheme \"nosuchfs\"");
  }

  @Test
  void unsetDataHaveNoLocations() {
    UnsetSource unset = new UnsetSource("data.train.path");
    assertThat(DataLocation.of("data.train", unset)).isEmpty();
  }
}
