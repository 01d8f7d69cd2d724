package io.meanfield.dl4jspark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.RoundFunction;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Copies of DataSets as rows of numbers, without Spark. */
class ExampleRowsTest {
  private static final INDArray FEATURES =
      Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}});
  private static final INDArray LABELS = Nd4j.createFromArray(new float[][] {{7}, {8}, {9}});

  @Test
  void rowHoldsFeaturesThenLabelsThenMasks() {
    INDArray mask = Nd4j.createFromArray(new float[][] {{0}, {1}, {0}});
    ExampleRows rows = ExampleRows.of(new DataSet(FEATURES, LABELS, null, mask));
    assertThat(rows.count()).isEqualTo(3);
    assertThat(rows.values()).containsExactly(1, 2, 7, 0, 3, 4, 8, 1, 5, 6, 9, 0);
    assertThat(rows.part(0, IntUnaryOperator.identity(), 1, 2)).containsExactly(3, 4, 5, 6);
    assertThat(rows.part(2, IntUnaryOperator.identity(), 1, 2)).isEmpty();
    assertThat(rows.part(3, IntUnaryOperator.identity(), 1, 2)).containsExactly(1, 0);
  }

  @Test
  void viewOfAnotherOrderAndTypeIsCopiedCorrectly() {
    INDArray view = FEATURES.castTo(DataType.DOUBLE).dup('f').transpose();
    ExampleRows rows = ExampleRows.of(new DataSet(view, LABELS.getRow(0, true).repeat(0, 2)));
    assertThat(rows.part(0, IntUnaryOperator.identity(), 0, 2)).containsExactly(1, 3, 5, 2, 4, 6);
  }

  @Test
  void rowsBuilderKeepsAllAddedRows() {
    RowsBuilder builder = new RowsBuilder();
    ExampleRows source = ExampleRows.of(new DataSet(FEATURES, LABELS));
    for (int i = 0; i < 200; i++) {
      builder.add(source, i % 3);
    }
    ExampleRows rows = builder.rows();
    assertThat(rows.count()).isEqualTo(200);
    assertThat(rows.values()).hasSize(600);
    assertThat(rows.part(1, IntUnaryOperator.identity(), 196, 4)).containsExactly(8, 9, 7, 8);
  }

  @Test
  void labelsOfAnotherNumberOfExamplesAreRefused() {
    assertThatThrownBy(() -> ExampleRows.of(new DataSet(FEATURES, LABELS.getRow(0, true))))
        .isInstanceOf(UserException.class)
        .hasMessage("a DataSet has 3 examples of features and 1 of labels or masks");
  }

  @Test
  void shardBeyondOneJavaArrayIsRefused() {
    ExampleLayout layout =
        new ExampleLayout(List.of(List.of(1000L), List.of(10L), List.of(0L), List.of(0L)));
    assertThatThrownBy(() -> ExampleRows.allocate(layout, 3_000_000))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a worker's shard of 3000000 examples of 1010 numbers is too large for one Java array;"
                + " train with more workers");
  }

  @Test
  void errorMessageNamesTheMasks() {
    ExampleLayout unmasked = ExampleLayout.of(new DataSet(FEATURES, LABELS));
    ExampleLayout masked = ExampleLayout.of(new DataSet(FEATURES, LABELS, null, LABELS));
    assertThatThrownBy(() -> unmasked.requireSame(masked))
        .hasMessage(
            "all examples of a fit must have the same shapes, found features [2] with labels [1]"
                + " and features [2] with labels [1], masks none and [1]; pad sequences to one"
                + " length and give every DataSet a mask");
  }

  @Test
  void shardsAndReportsSurviveKryo() {
    WorkerShard shard =
        throughKryo(new WorkerShard(3, ExampleRows.of(new DataSet(FEATURES, LABELS))));
    assertThat(shard.worker()).isEqualTo(3);
    assertThat(shard.rows().layout().toString()).isEqualTo("features [2] with labels [1]");
    assertThat(shard.rows().values()).containsExactly(1, 2, 7, 3, 4, 8, 5, 6, 9);
    RoundFunction.RoundOutput<ShardFit> result =
        throughKryo(ShardFit.of(1, LearnerState.fresh(new float[] {0.5f}), 64, 2));
    assertThat(result.weightedState().state().weights()).containsExactly(0.5f);
    assertThat(result.weightedState().examples()).isEqualTo(64);
    assertThat(result.report()).isEqualTo(new ShardFit(1, 64, 2, true));
  }

  private static <T extends Serializable> T throughKryo(T record) {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    ClassTag<T> type = ClassTag$.MODULE$.apply(record.getClass());
    ByteBuffer bytes = kryo.serialize(record, type);
    return kryo.deserialize(bytes, type);
  }
}
