package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

class LearnerStateTest {
  private static LearnerState roundTrip(Serializer serializer, LearnerState state) {
    ClassTag<LearnerState> type = ClassTag$.MODULE$.apply(LearnerState.class);
    return serializer
        .newInstance()
        .deserialize(serializer.newInstance().serialize(state, type), type);
  }

  /** Returns floats of all kinds, including NaN. */
  private static float[] anyFloats(int count, int seed) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Float.intBitsToFloat((i + seed) * 0x9E3779B9);
    }
    return numbers;
  }

  // The serialised form has blocks of 4,096 numbers: the sizes include several blocks.
  @Property(tries = 40)
  void serialisedStateIsBitIdentical(
      @ForAll @IntRange(max = 9000) int weights,
      @ForAll @IntRange(max = 9000) int optimizerState,
      @ForAll int seed) {
    LearnerState state =
        new LearnerState(anyFloats(weights, seed), anyFloats(optimizerState, -seed), seed, 7);
    SparkConf conf = new SparkConf(false);
    for (Serializer serializer :
        new Serializer[] {new JavaSerializer(conf), new KryoSerializer(conf)}) {
      LearnerState copy = roundTrip(serializer, state);
      assertThat(copy.weightsSha256()).isEqualTo(state.weightsSha256());
      assertThat(copy.optimizerState()).isEqualTo(state.optimizerState());
      assertThat(copy.iteration()).isEqualTo(seed);
      assertThat(copy.epoch()).isEqualTo(7);
    }
  }

  @Example
  void nonFiniteNumberIsFoundAtEveryPosition() {
    for (int count = 1; count < 12; count++) {
      for (int at = 0; at < count; at++) {
        float[] weights = new float[count];
        assertThat(LearnerState.fresh(weights).isFinite()).isTrue();
        weights[at] = at % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY;
        assertThat(LearnerState.fresh(weights).isFinite()).isFalse();
      }
    }
  }
}
