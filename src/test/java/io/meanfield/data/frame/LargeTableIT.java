package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Submit;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on a table that does not fit in the heap, with row groups of Parquet's default size. */
@Tag("cluster")
class LargeTableIT {
  private static final int FEATURES = 32;
  private static final long ROWS = 4_600_000; // 589 MB as floats
  private static final String HEAP = "576m";

  @TempDir private static Path folder;

  private static Column feature(int index) {
    return functions.xxhash64(functions.col("id"), functions.lit(index)).divide(0x1p63);
  }

  private static void write(Path table) {
    Column label = feature(0).plus(feature(1)).gt(0).cast("int").as("y");
    LocalSpark.session()
        .range(0, ROWS, 1, 2)
        .select(
            Stream.concat(
                    IntStream.range(0, FEATURES)
                        .mapToObj(i -> feature(i).cast("float").as("x" + i)),
                    Stream.of(label))
                .toArray(Column[]::new))
        .write()
        .parquet(table.toString());
  }

  @Test
  void tableAsLargeAsTheHeapIsTrained() throws Exception {
    Path table = folder.resolve("table");
    write(table);
    Submit.Finished finished =
        Submit.run(
            "local[2] --driver-memory " + HEAP + " --conf spark.local.dir=" + folder,
            "train",
            "--run-id",
            "large",
            "--set",
            "run.directory=\"" + folder + "\"",
            "--set",
            "data={format=parquet,train.path=\"" + table + "\",columns.label=y}",
            "--set",
            "network={layers=[{dense=8,activation=relu},{dense=1,activation=sigmoid}],"
                + "loss=binary_crossentropy}",
            "--set",
            "train={epochs=1,batch-size=512,workers=2}");
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    long trained =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("large/tables/epochs").toString())
            .first()
            .getAs("examples");
    assertThat(trained).isEqualTo(ROWS * 4 / 5); // the others are for validation
  }
}
