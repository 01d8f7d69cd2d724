package io.meanfield.train.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.LearnerState;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class TrainingStateTest {
  @Test
  void serialisedStateHasLearnerAndMomentum() {
    TrainingState state =
        new TrainingState(
            new LearnerState(new float[] {1, -2}, new float[] {3}, 4, 5),
            new float[] {0.5f, Float.MIN_VALUE});
    ClassTag<TrainingState> type = ClassTag$.MODULE$.apply(TrainingState.class);
    SparkConf conf = new SparkConf(false);
    Stream.of(new JavaSerializer(conf), new KryoSerializer(conf))
        .forEach(
            serializer -> {
              SerializerInstance instance = serializer.newInstance();
              TrainingState copy = instance.deserialize(instance.serialize(state, type), type);
              assertThat(copy).usingRecursiveComparison().isEqualTo(state);
            });
  }
}
