package io.meanfield.ml;

import io.meanfield.data.Examples;
import io.meanfield.data.parquet.FrameEncoder;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores the rows of a partition, batch by batch. The last column of a row is the input column of
 * the encoder; the columns of {@code outputs} replace it.
 */
final class BatchScoring implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final EngineNetwork network;
  private final Broadcast<LearnerState> state;
  private final FrameEncoder encoder;
  private final OutputColumns outputs;
  private final int batchSize;

  BatchScoring(
      TrainedNetwork trained, Broadcast<LearnerState> state, OutputColumns outputs, int batchSize) {
    this.network = trained.network();
    this.state = state;
    this.encoder = trained.encoder();
    this.outputs = outputs;
    this.batchSize = batchSize;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private Iterator<Row> scored = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        return scored.hasNext() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (!scored.hasNext()) {
          scored = score(batch(rows)).iterator();
        }
        return scored.next();
      }
    };
  }

  private List<Row> batch(Iterator<Row> rows) {
    List<Row> batch = new ArrayList<>();
    while (batch.size() < batchSize && rows.hasNext()) {
      batch.add(rows.next());
    }
    return batch;
  }

  private List<Row> score(List<Row> batch) {
    List<Row> inputs = batch.stream().map(row -> row.getStruct(row.size() - 1)).toList();
    List<Row> scored = new ArrayList<>();
    for (Examples block : encoder.read(inputs, "the DataFrame")) {
      float[] values = TrainedNetwork.outputs(network, state.value(), block);
      int width = network.outputs();
      for (int row = 0; row < block.count(); row++) {
        float[] output = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        scored.add(with(batch.get(scored.size()), outputs.of(output)));
      }
    }
    return scored;
  }

  private static Row with(Row row, Object[] added) {
    int kept = row.size() - 1;
    Object[] values = new Object[kept + added.length];
    for (int i = 0; i < kept; i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(added, 0, values, kept, added.length);
    return RowFactory.create(values);
  }
}
