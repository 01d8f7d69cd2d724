package io.meanfield.pipeline.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsReaderTest {
  private static final float[] NONE = new float[0];

  @TempDir private Path folder;

  private RunDirectory run;

  @BeforeEach
  void claim() {
    run =
        new Runs(new Configuration(), folder.toString())
            .claim(new RunId("test"), Manifest.of(Map.of("command", "evaluate")));
  }

  private Path file() {
    return folder.resolve("test/tables/predictions/run-predictions-00000.parquet");
  }

  private List<TestPrediction> read() {
    return PredictionsReader.read(run, new Configuration());
  }

  private void destroyOutputs() throws IOException {
    ColumnChunkMetaData outputs;
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file().toUri()), new Configuration()))) {
      outputs =
          reader.getFooter().getBlocks().get(0).getColumns().stream()
              .filter(chunk -> chunk.getPath().toDotString().startsWith("outputs."))
              .findFirst()
              .orElseThrow();
    }
    byte[] noise = new byte[(int) outputs.getTotalSize()];
    Arrays.fill(noise, (byte) 0xff);
    try (RandomAccessFile table = new RandomAccessFile(file().toFile(), "rw")) {
      table.seek(outputs.getStartingPos());
      table.write(noise);
    }
    Files.delete(file().resolveSibling("." + file().getFileName() + ".crc"));
  }

  @Test
  void outputsOfClassesAreNotRead() throws IOException {
    PredictionsFile.write(
        folder.resolve("test"),
        List.of(
            PredictionsFile.Row.ofClass(4, 1, 0),
            new PredictionsFile.Row(5, 2, 2, new float[] {0.5f}, NONE, 3)));
    destroyOutputs();
    assertThat(read())
        .containsExactly(
            new TestPrediction(4, 1, 0, Double.NaN, Double.NaN, 1),
            new TestPrediction(5, 2, 2, Double.NaN, Double.NaN, 3));
  }

  @Test
  void outputsOfTargetsAreReadAndTheirErrorIsTheMean() throws IOException {
    PredictionsFile.write(
        folder.resolve("test"),
        List.of(
            new PredictionsFile.Row(4, -1, -1, new float[] {1, 5}, new float[] {2, 3}, Float.NaN)));
    assertThat(read()).containsExactly(new TestPrediction(4, -1, -1, 2.5, 1.5, 1));
    destroyOutputs();
    assertThatThrownBy(this::read).isInstanceOf(UserException.class);
  }
}
