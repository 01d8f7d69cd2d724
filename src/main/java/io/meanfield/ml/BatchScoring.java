package io.meanfield.ml;

import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.encoding.InvalidRowException;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.source.BadRows;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
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
 * Scores the rows of a partition, batch by batch. The columns of {@code outputs} replace those that
 * {@code inputs} has added to the frame. Rows that cannot be used are refused or left out, as those
 * of the training.
 */
final class BatchScoring implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** The values of the columns that a model adds, in the order of the schema. */
  @FunctionalInterface
  interface OutputColumns extends Serializable {
    /** Returns the values for the outputs of one row. */
    Object[] of(float[] outputs);
  }

  private final EngineNetwork network;
  private final FrameEncoder encoder;
  private final Broadcast<LearnerState> state;
  private final ScoringInputs inputs;
  private final OutputColumns outputs;
  private final boolean skipsBadRows;
  private final int batchSize;
  // What explains the rows; none for predictions only.
  private List<Contributions> explaining = List.of();

  BatchScoring(
      TrainedNetwork trained,
      Broadcast<LearnerState> state,
      ScoringInputs inputs,
      OutputColumns outputs,
      int batchSize) {
    this.network = trained.network();
    this.encoder = trained.encoder();
    this.state = state;
    this.inputs = inputs;
    this.outputs = outputs;
    this.skipsBadRows = trained.fit().badRows() == BadRows.SKIP;
    int most =
        Dataset.blockSize((long) Float.BYTES * Math.max(network.inputs(), network.outputs()));
    this.batchSize = Math.min(batchSize, ForwardPass.wholeBatches(most));
  }

  /** Adds a column of contributions after all others; returns this function. */
  BatchScoring explainedBy(List<Contributions> contributions) {
    explaining = List.copyOf(contributions);
    return this;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private Iterator<Row> scored = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        while (!scored.hasNext() && rows.hasNext()) {
          scored = score(batch(rows)).iterator(); // may have left all of them out
        }
        return scored.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
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
    try {
      return score(batch, read(batch));
    } catch (InvalidRowException e) {
      if (!skipsBadRows) {
        throw e;
      }
      List<Row> usable = batch.stream().filter(this::isUsable).toList();
      return usable.isEmpty() ? List.of() : score(usable, read(usable));
    }
  }

  private boolean isUsable(Row row) {
    try {
      read(List.of(row));
      return true;
    } catch (InvalidRowException e) {
      return false;
    }
  }

  private Examples read(List<Row> batch) {
    List<Object[]> values = new ArrayList<>(batch.size());
    batch.forEach(row -> values.add(inputs.of(row)));
    return encoder.read(values, TrainingFrame.DISPLAY);
  }

  private List<Row> score(List<Row> batch, Examples examples) {
    float[] all = TrainedNetwork.outputs(network, state.value(), examples);
    int width = network.outputs();
    List<Contributions.OfRow> explained =
        explaining.stream().flatMap(each -> each.of(state.value(), examples).stream()).toList();
    List<Row> scored = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      float[] output = Arrays.copyOfRange(all, row * width, (row + 1) * width);
      Object[] added = outputs.of(output);
      scored.add(
          with(batch.get(row), explained.isEmpty() ? added : and(added, explained.get(row))));
    }
    return scored;
  }

  private static Object[] and(Object[] added, Contributions.OfRow explained) {
    Object[] more = Arrays.copyOf(added, added.length + 1);
    double[] numbers = Arrays.copyOf(explained.columns(), explained.columns().length + 1);
    numbers[numbers.length - 1] = explained.base();
    more[added.length] = Arrays.stream(numbers).boxed().toArray(Double[]::new);
    return more;
  }

  private Row with(Row row, Object[] added) {
    int kept = inputs.kept();
    Object[] values = new Object[kept + added.length];
    for (int i = 0; i < kept; i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(added, 0, values, kept, added.length);
    return RowFactory.create(values);
  }
}
