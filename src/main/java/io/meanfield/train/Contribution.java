package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;

/** A state that enters a mean with the weight of the examples behind it; 0 keeps it out. */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Contribution(LearnerState state, long examples) implements Serializable {}
