package io.meanfield.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.store.file.Pipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path folder;

  private void write(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
  }

  private List<String> names(List<FileStatus> files) {
    return files.stream()
        .map(file -> folder.relativize(Path.of(file.getPath().toUri())).toString())
        .toList();
  }

  private List<String> found(String... paths) {
    return names(DataFiles.find(HADOOP, List.of(paths)));
  }

  private List<String> allFound(String path) {
    return names(DataFiles.findAll(HADOOP, List.of(path)));
  }

  @Test
  void filesAreInTheOrderOfThePathsAndSortedByNameWithinEach() throws IOException {
    write("b/2.csv", "b/1.csv", "a.csv");
    assertThat(found(folder + "/b", folder + "/a.csv"))
        .containsExactly("b/1.csv", "b/2.csv", "a.csv");
  }

  @Test
  void filesOfPartitionsAreThoseOfADirectoryWithoutFiles() throws IOException {
    write("t/_SUCCESS", "t/day=2/_a=1/x", "t/day=2/shop=1/b", "t/day=1/shop=2/a", "t/old/c");
    assertThat(names(DataFiles.withPartitions(HADOOP, folder + "/t")))
        .containsExactly("t/day=1/shop=2/a", "t/day=2/shop=1/b");
    write("t/first");
    assertThat(names(DataFiles.withPartitions(HADOOP, folder + "/t"))).containsExactly("t/first");
    assertThatThrownBy(() -> DataFiles.withPartitions(HADOOP, folder + "/t/old/d"))
        .hasMessageContaining("t/old/d matches no file");
  }

  @Test
  void statusHasTheLengthOfTheFile() throws IOException {
    write("a.csv");
    assertThat(DataFiles.find(HADOOP, List.of(folder + "/a.csv")))
        .extracting(FileStatus::getLen)
        .containsExactly(5L);
  }

  @Test
  void globThatMatchesANameWithAColonNamesIt() throws IOException {
    write("id colon:x.csv");
    assertThatThrownBy(() -> found(folder + "/*.csv"))
        .hasMessage(
            "the name id colon:x.csv has a colon, before which Hadoop and Spark expect a scheme;"
                + " rename the file or directory");
  }

  @Test
  @Timeout(60)
  void pipeIsRefusedByEachWayToNameIt() throws Exception {
    write("d/a.csv");
    Path pipe = Pipes.create(folder.resolve("d/b.csv"));
    for (String path : List.of("/d/b.csv", "/d", "/d/*.csv", "/d/{a,b}.csv")) {
      assertThatThrownBy(() -> found(folder + path))
          .hasMessage(
              pipe
                  + " cannot be read: expected a file, found a pipe, a socket or a device; write"
                  + " its content to a file");
    }
    assertThat(found(folder + "/d/a.csv")).containsExactly("d/a.csv");
  }

  @Test
  void hiddenFilesBelongToNoDirectoryAndToNoGlob() throws IOException {
    write("_SUCCESS", ".a.csv.crc", "a.csv", "_temporary/b.csv");
    assertThat(found(folder.toString())).containsExactly("a.csv");
    assertThat(found(folder + "/*")).containsExactly("a.csv");
  }

  @Test
  void hiddenFilesBelongToAGlobWhoseLastPartBeginsAsTheirNames() throws IOException {
    write("_a.csv", "_b.csv", ".c.csv", "d.csv");
    assertThat(found(folder + "/_*")).containsExactly("_a.csv", "_b.csv");
    assertThat(found(folder + "/.c*")).containsExactly(".c.csv");
    assertThat(found(folder + "/_a.csv")).containsExactly("_a.csv");
  }

  @Test
  void globThatMatchesHiddenFilesOnlyIsRefused() throws IOException {
    write("_SUCCESS");
    assertThatThrownBy(() -> found(folder + "/*"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder + "/* matches no file");
  }

  @Test
  void folderWithFilesInsideOfADirectoryIsNamed() throws IOException {
    write("x/a.csv", "x/old/2025/b.csv", "x/_temporary/c.csv");
    assertThat(found(folder + "/x")).containsExactly("x/a.csv");
    for (String path : List.of(folder + "/x", folder + "/*")) {
      assertThatThrownBy(() -> allFound(path))
          .isInstanceOf(UserException.class)
          .hasMessage(
              folder
                  + "/x has a folder with files, old, expected files only; move the folder"
                  + " elsewhere, or set data.train.path and data.test.path to a list of folders or"
                  + " globs, such as "
                  + folder
                  + "/x/*.csv");
    }
  }

  @Test
  void foldersWithoutVisibleFilesAreIgnored() throws IOException {
    write("a.csv", "empty/_SUCCESS", "logs/.hidden/b.csv");
    assertThat(allFound(folder.toString())).containsExactly("a.csv");
  }
}
