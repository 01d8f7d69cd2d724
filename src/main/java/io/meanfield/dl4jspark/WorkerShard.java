package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/** The examples of one logical worker; may be empty. */
@DefaultSerializer(JavaSerializer.class)
record WorkerShard(int worker, ExampleRows rows) implements Serializable {}
