package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The shards of the logical workers that share a task, in the order of the workers. A group is one
 * partition.
 */
@DefaultSerializer(JavaSerializer.class)
public record ShardGroup(int index, List<Shard> shards) implements Serializable {}
