package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.kernels.Kernels;
import java.io.Serializable;

/**
 * A network without its weights.
 *
 * @param configuration DL4J's configuration, as JSON
 * @param kernels with which OpenBLAS must compute
 */
@DefaultSerializer(JavaSerializer.class)
record ReplicaKey(String configuration, Kernels kernels) implements Serializable {}
