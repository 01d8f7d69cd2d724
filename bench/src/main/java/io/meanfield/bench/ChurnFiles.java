package io.meanfield.bench;

import io.meanfield.sample.ChurnRow;
import io.meanfield.sample.ChurnTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of a seed of the churn table in a folder. */
record ChurnFiles(Path folder, long seed) {
  static ChurnFiles write(Path folder, long seed) throws IOException {
    ChurnTable.write(folder, seed);
    return new ChurnFiles(folder, seed);
  }

  Path train() {
    return folder.resolve("train.csv");
  }

  Path test() {
    return folder.resolve("test.csv");
  }

  /** Returns the rows of the file {@link #test}. */
  Stream<ChurnRow> testRows() {
    int train = ChurnTable.TRAIN_ROWS;
    return ChurnTable.rows(train + ChurnTable.TEST_ROWS, seed).skip(train);
  }
}
