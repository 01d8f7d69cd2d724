package io.meanfield.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopPathsTest {
  @ParameterizedTest
  @ValueSource(strings = {"hdfs:///runs", "hdfs://host:8020/runs", "s3a://bucket/runs", "/runs"})
  void locationIsDisplayedAsItWasWritten(String location) {
    assertThat(HadoopPaths.display(HadoopPaths.resolve(location))).isEqualTo(location);
  }

  @Test
  void localPathIsDisplayedWithoutItsScheme() {
    assertThat(HadoopPaths.display(new Path("file:///tmp/runs"))).isEqualTo("/tmp/runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data[1]", "a b", "{x}", "100%20", "back\\slash", "./colon:name"})
  void oddCharactersOfARelativePathAreKept(String name) {
    Path path = HadoopPaths.resolve(name);
    assertThat(HadoopPaths.display(path))
        .isEqualTo(java.nio.file.Path.of(name).toAbsolutePath().normalize().toString());
  }

  @Test
  void textThatIsNoPathIsRefusedWithTheReason() {
    assertThatThrownBy(() -> HadoopPaths.resolve("a:b"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "\"a:b\" is no path of a file: Hadoop takes the text before : for a scheme; write ./"
                + " before a relative path with a colon");
    assertThatThrownBy(() -> HadoopPaths.resolve("/a\0b"))
        .isInstanceOf(UserException.class)
        .hasMessage("\"/a\\0b\" is no path of a file: it contains the character NUL");
    assertThatThrownBy(() -> HadoopPaths.resolve("")).isInstanceOf(UserException.class);
  }

  @Test
  void pathOfAConnectorIsLeftToSpark() {
    assertThat(HadoopPaths.forSpark(new Configuration(), "mongodb://host:27017/sales.orders"))
        .isEqualTo("mongodb://host:27017/sales.orders");
  }

  @Test
  void pipeIsNotGivenToSpark(@TempDir java.nio.file.Path folder) throws Exception {
    java.nio.file.Path pipe = Pipes.create(folder.resolve("rows.parquet"));
    assertThatThrownBy(() -> HadoopPaths.forSpark(new Configuration(), pipe.toString()))
        .hasMessage(
            pipe
                + " cannot be read: expected a file, found a pipe, a socket or a device; write its"
                + " content to a file");
  }

  @Test
  void existingPathIsNoGlob(@TempDir java.nio.file.Path folder) throws IOException {
    java.nio.file.Path odd = Files.createDirectory(folder.resolve("a[1]{b}*"));
    Configuration hadoop = new Configuration();
    Path escaped = new Path(HadoopPaths.forSpark(hadoop, odd.toString()));
    FileStatus[] found = escaped.getFileSystem(hadoop).globStatus(escaped);
    assertThat(found).hasSize(1);
    assertThat(HadoopPaths.display(found[0].getPath())).isEqualTo(odd.toString());
    assertThat(HadoopPaths.forSpark(hadoop, folder + "/*.parquet")).endsWith("/*.parquet");
  }
}
