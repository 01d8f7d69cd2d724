package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/** One logical worker's part of the data; may be empty. */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record WorkerShard(int worker, Rows rows) implements Serializable {}
