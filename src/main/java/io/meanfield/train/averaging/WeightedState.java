package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;

/** A state and its weight in an average: the number of its examples; 0 leaves the state out. */
@DefaultSerializer(JavaSerializer.class)
public record WeightedState(LearnerState state, long examples) implements Serializable {}
