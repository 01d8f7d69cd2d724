package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;

/** A state that enters a mean with the number of its examples as its weight; 0 keeps it out. */
@DefaultSerializer(JavaSerializer.class)
public record WeightedState(LearnerState state, long examples) implements Serializable {}
