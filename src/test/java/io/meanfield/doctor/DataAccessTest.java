package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.UnsetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataAccessTest {
  private static final DataLocation LOCATION = new DataLocation("data.train", "file:/d/*.csv");
  private static final DataAccess READABLE = new DataAccess(LOCATION, 2, "");
  private static final DataAccess MISSING = new DataAccess(LOCATION, 0, "");
  private static final String SHARE =
      "move the data to a file system that all machines share, such as hdfs:///data";

  @TempDir private Path folder;

  private DataAccess at(String name) {
    String path = "file:" + folder.resolve(name);
    return DataAccess.of(new Configuration(), new DataLocation("data.test", path));
  }

  @Test
  void readableFilesAreOk() {
    assertThat(READABLE.finding("driver", READABLE))
        .isEqualTo(Finding.ok("data.train", "driver", "/d/*.csv: 2 files"));
  }

  @Test
  void missingFilesFail() {
    assertThat(MISSING.finding("driver", MISSING))
        .isEqualTo(
            Finding.failed(
                "data.train",
                "driver",
                "/d/*.csv matches no file",
                "set data.train to files that exist and that the user may read"));
  }

  @Test
  void filesThatOnlyTheDriverHasFail() {
    assertThat(MISSING.finding("executor 1 on a", READABLE))
        .isEqualTo(
            Finding.failed(
                "data.train",
                "executor 1 on a",
                "/d/*.csv matches no file, but the driver can read it",
                SHARE));
  }

  @Test
  void filesThatCannotBeReadFailWithTheReason() {
    DataAccess denied = new DataAccess(LOCATION, 0, "/d/a.csv cannot be read: denied");
    assertThat(denied.finding("executor 1 on a", READABLE))
        .isEqualTo(
            Finding.failed(
                "data.train",
                "executor 1 on a",
                "/d/a.csv cannot be read: denied, but the driver can read it",
                SHARE));
  }

  @Test
  void filesAreCountedAsTheFormatsFindThem() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "1");
    Files.writeString(folder.resolve("b.csv.gz"), "1");
    assertThat(at("*.csv").files()).isEqualTo(1);
    assertThat(at("b.csv").files()).isEqualTo(1); // found with .gz appended
    assertThat(at("").files()).isEqualTo(2);
    assertThat(at("none.csv")).extracting("files", "problem").containsExactly(0, "");
  }

  @Test
  void fileSystemThatIsNotInstalledIsAProblem() {
    DataLocation location = new DataLocation("data.test", "nosuchfs://host/a.csv");
    assertThat(DataAccess.of(new Configuration(), location).problem())
        .isEqualTo("nosuchfs://host/a.csv cannot be read: No FileSystem for scheme \"nosuchfs\"");
  }

  @Test
  void unsetDataHaveNoLocations() {
    UnsetSource unset = new UnsetSource("data.train.path");
    assertThat(DataLocation.of("data.train", unset)).isEmpty();
  }
}
